//! Single members as JSON text, for settings that are kept as they came.

use crate::schema::Shape;

use super::encode::{ToJson, text_of};
use super::from_value::FromValue;
use super::json::Cursor;
use super::read::read_value;

/// A value that is in inputs and in outputs, so that it can be kept in between.
pub trait MemberValue: FromValue + ToJson {}

impl<T: FromValue + ToJson> MemberValue for T {}

/// Writes a member of an input as JSON text, to be kept and read again with [`member_from_json`].
pub fn member_to_json<T: MemberValue>(value: &T) -> String {
    text_of(value)
}

/// Reads a member that was written with [`member_to_json`]; `None` when the text does not fit the
/// member's shape.
pub fn member_from_json<T: MemberValue>(json: &str, shape: &Shape) -> Option<T> {
    let mut cursor = Cursor::new(json.as_bytes()).ok()?;
    let value = read_value(&mut cursor, shape).ok()??;
    cursor.end().ok()?;
    T::from_value(value).ok()
}

#[cfg(test)]
mod tests {
    use crate::Operation;
    use crate::types::{PasswordPolicyType, UserPoolPolicyType};

    use super::*;

    fn policies() -> &'static Shape {
        let members = Operation::CreateUserPool.input_members();
        members
            .iter()
            .find(|member| member.name == "Policies")
            .unwrap()
            .shape
    }

    #[test]
    fn a_member_comes_back_as_it_was_written() {
        let policy = UserPoolPolicyType {
            password_policy: Some(PasswordPolicyType {
                minimum_length: Some(12),
                require_symbols: Some(false),
                ..PasswordPolicyType::default()
            }),
            sign_in_policy: None,
        };
        let json = member_to_json(&policy);
        assert_eq!(
            json,
            r#"{"PasswordPolicy":{"MinimumLength":12,"RequireSymbols":false}}"#
        );
        let read: UserPoolPolicyType = member_from_json(&json, policies()).unwrap();
        assert_eq!(member_to_json(&read), json);
    }

    #[test]
    fn a_text_of_another_shape_is_no_member() {
        for json in ["", "null", "[]", r#"{"PasswordPolicy":1}"#, "{} {}"] {
            let read = member_from_json::<UserPoolPolicyType>(json, policies());
            assert!(read.is_none(), "{json}");
        }
    }
}
