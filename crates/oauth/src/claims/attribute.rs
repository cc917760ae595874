//! How a user attribute becomes a claim of the ID token.

use poolhouse_model::STANDARD_ATTRIBUTES;
use serde_json::{Value, json};

/// The value of the claim; `None` when the attribute cannot be a claim.
/// Source: AWS page "Understanding the identity (ID) token". Inferred: the shape of `address`,
/// the type of `updated_at`.
pub(super) fn claim_value(name: &str, value: &str) -> Option<Value> {
    match name {
        "email_verified" | "phone_number_verified" => {
            Some(Value::Bool(value.eq_ignore_ascii_case("true")))
        }
        "updated_at" => value.parse::<i64>().ok().map(Value::from),
        "address" => Some(json!({ "formatted": value })),
        _ if is_claim(name) => Some(Value::from(value)),
        _ => None,
    }
}

/// Whether the attribute is one that its owner defined; its value is text whatever its type.
pub(super) fn is_custom(name: &str) -> bool {
    name.starts_with("custom:") || name.starts_with("dev:")
}

/// Any other name could take the place of a protocol claim.
fn is_claim(name: &str) -> bool {
    is_custom(name) || STANDARD_ATTRIBUTES.contains(&name)
}
