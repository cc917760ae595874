//! A token in words.

use poolhouse_model::Clock as _;
use poolhouse_relying_party::description::describe;
use poolhouse_relying_party::token::Token;
use serde_json::json;

use super::Explanation;
use crate::system_clock::SystemClock;

/// What every JSON object begins with in base64url, as the first part of a token.
const BEGINNING: &str = "eyJ";

/// Whether a text was meant to be a token.
pub(super) fn looks_like_one(text: &str) -> bool {
    text.starts_with(BEGINNING) && !text.contains(' ')
}

/// Describes it.
pub(super) fn explain(token: &Token) -> Explanation {
    let told = describe(token, SystemClock.now());
    let mut lines = vec![told.summary.clone()];
    if !told.claims.is_empty() {
        lines.push(String::new());
    }
    for claim in &told.claims {
        let meaning = match claim.meaning {
            "" => String::new(),
            meaning => format!("  ({meaning})"),
        };
        lines.push(format!("  {:<18} {}{meaning}", claim.name, claim.value));
    }
    if !told.faults.is_empty() {
        lines.push("\nWhat is wrong:".to_owned());
        lines.extend(told.faults.iter().map(|fault| format!("  - {fault}")));
    }
    let claims = told
        .claims
        .iter()
        .map(|claim| json!({"name": claim.name, "value": claim.value, "meaning": claim.meaning}));
    let json = json!({
        "kind": "token", "verified": false, "summary": told.summary,
        "claims": claims.collect::<Vec<_>>(), "faults": told.faults,
    });
    Explanation { lines, json }
}
