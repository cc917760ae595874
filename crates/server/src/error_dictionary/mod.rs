//! Every error that the server can send, with what causes it and how to mend it.
//!
//! Codes and texts come from the tables that the doors answer by; the words stand in exhaustive
//! tables over the facts, so that no fact can be added without them.

mod door_texts;
mod entries;
mod input_texts;
mod oauth_facts;
mod page;
mod page_facts;
mod search;
mod service_facts;
mod store_facts;
mod template;
mod words;

pub use entries::{Entry, Place, entries};
pub(crate) use oauth_facts::authorization;
pub use page::page;
pub use search::search;
pub use words::Words;

/// Finds what is known of an error: by the code or by the whole text that came.
pub fn find(error: &str) -> Vec<Entry> {
    let error = error.trim();
    if error.is_empty() {
        return Vec::new();
    }
    let mut all = entries();
    all.retain(|entry| entry.code == error || template::fits(&entry.text, error));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_found_by_its_code_and_by_its_text() {
        for error in [
            "UsernameExistsException",
            "redirect_mismatch",
            "User pool us-east-1_abc does not exist.",
            "Password did not conform with policy: Password must have numeric characters",
            "Client 1a2b is configured with secret but SECRET_HASH was not received",
            "Attributes did not conform to the schema: name: String must be no shorter than 3 characters",
            "the redirect_uri is not registered for the client",
            "Nothing is here.",
        ] {
            assert!(!find(error).is_empty(), "{error}");
        }
        assert!(find("Never heard of it").is_empty());
        assert!(find("").is_empty());
    }

    #[test]
    fn a_text_leads_to_its_own_remedy_and_not_to_that_of_any_text() {
        let found = find("User is disabled.");
        assert!(!found.is_empty());
        for entry in found {
            assert!(entry.words.remedy.contains("AdminEnableUser"), "{entry:?}");
        }
    }
}
