//! Which texts typed on a page are taken: those that the API takes.

use poolhouse_api_model::operations::{ConfirmSignUpRequest, SignUpRequest};
use poolhouse_api_model::{Input, decode};
use serde_json::json;

/// Whether a text has the form of a user's name.
pub(super) fn is_username(text: &str) -> bool {
    admits::<SignUpRequest>(&json!({"ClientId": "a", "Username": text}))
}

/// Whether a text has the form of a password, whatever the pool demands of one.
pub(super) fn is_password(text: &str) -> bool {
    admits::<SignUpRequest>(&json!({"ClientId": "a", "Username": "a", "Password": text}))
}

/// Whether a text has the form of a code.
pub(super) fn is_code(text: &str) -> bool {
    let input = json!({"ClientId": "a", "Username": "a", "ConfirmationCode": text});
    admits::<ConfirmSignUpRequest>(&input)
}

fn admits<T: Input>(input: &serde_json::Value) -> bool {
    decode::<T>(input.to_string().as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_api() {
        for good in ["jane", "jane@example.com", "+12065550100", "ü", "<b>"] {
            assert!(is_username(good), "{good}");
        }
        let long = "a".repeat(129);
        for bad in ["", " ", "a b", "a\n", "a\u{0}", "\u{200b}", long.as_str()] {
            assert!(!is_username(bad), "{bad:?}");
        }
    }

    #[test]
    fn passwords_neither_begin_nor_end_with_a_blank() {
        assert!(is_password("Correct horse 7"));
        let long = "a".repeat(257);
        for bad in ["", "Correct-horse-7 ", " Correct-horse-7", long.as_str()] {
            assert!(!is_password(bad), "{bad:?}");
        }
    }

    #[test]
    fn codes_have_no_blanks() {
        assert!(is_code("123456"));
        assert!(!is_code("") && !is_code("12 34"));
    }
}
