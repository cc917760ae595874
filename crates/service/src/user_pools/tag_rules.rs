//! What tags of a pool look like.

use std::collections::BTreeMap;

use crate::error::ServiceError;

/// How many tags a pool can have.
/// Source: API reference, `TagResource`.
const MAX_TAGS: usize = 50;

/// Beginning of keys that are the service's own.
const RESERVED_PREFIX: &str = "aws:";

/// Checks all tags of a pool. Lengths are limits of the API model, checked by the door.
/// # Errors
/// [`ServiceError::TagsRefused`].
/// Source: AWS page "Tagging Amazon Cognito resources". Inferred: the texts.
pub(super) fn check_tags(tags: &BTreeMap<String, String>) -> Result<(), ServiceError> {
    if tags.len() > MAX_TAGS {
        return refuse(format!("A user pool can have at most {MAX_TAGS} tags."));
    }
    for (key, value) in tags {
        if key.to_ascii_lowercase().starts_with(RESERVED_PREFIX) {
            return refuse(format!("Tag keys cannot start with {RESERVED_PREFIX}"));
        }
        if !key.chars().chain(value.chars()).all(is_tag_character) {
            return refuse(
                "Tag keys and values can hold letters, numbers, spaces and _ . : / = + - @ only.",
            );
        }
    }
    Ok(())
}

/// Inferred: letters and numbers of any script, as the tags of other services take them; the page
/// names the Latin ones.
fn is_tag_character(character: char) -> bool {
    character.is_alphanumeric() || " _.:/=+-@".contains(character)
}

fn refuse(text: impl Into<String>) -> Result<(), ServiceError> {
    Err(ServiceError::TagsRefused(text.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(count: usize) -> BTreeMap<String, String> {
        let numbers = 0..count;
        numbers
            .map(|n| (format!("key {n}"), "Zo\u{eb}".into()))
            .collect()
    }

    #[test]
    fn fifty_tags_are_taken_and_one_more_is_not() {
        check_tags(&tags(50)).unwrap();
        let refused = check_tags(&tags(51)).unwrap_err().to_string();
        assert_eq!(refused, "A user pool can have at most 50 tags.");
    }

    #[test]
    fn reserved_keys_and_control_characters_are_refused() {
        for (key, value) in [
            ("aws:x", "v"),
            ("AWS:x", "v"),
            ("k\r\n", "v"),
            ("k", "v\0"),
            ("<k>", "v"),
        ] {
            let tags = BTreeMap::from([(key.to_owned(), value.to_owned())]);
            assert!(check_tags(&tags).is_err(), "{key:?}={value:?}");
        }
        let odd = BTreeMap::from([("_custom_id_".to_owned(), "a=b+c-d@e:f/g.h".to_owned())]);
        check_tags(&odd).unwrap();
    }
}
