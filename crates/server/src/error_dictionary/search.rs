//! Finds errors in what people paste: an answer as JSON, a line of an SDK, a part of a text.

use super::{Entry, entries, template};

/// Shortest part of a text that is looked for, in bytes.
const SHORTEST_PART: usize = 4;

/// Code and text, as far as they can be told apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    code: Option<String>,
    text: Option<String>,
}

/// Finds what is known of an error, in the order of certainty: by its whole text, by its code, or
/// else by a part of either.
pub fn search(error: &str) -> Vec<Entry> {
    let error = error.trim();
    let told = Told::read(error);
    let code = told.code.as_deref();
    let text = told.text.as_deref();
    let mut all = entries();
    let is_text = |entry: &Entry| text.is_some_and(|text| template::fits(&entry.text, text));
    let is_code = |entry: &Entry| code.is_some_and(|code| entry.code == code);
    if all.iter().any(|entry| is_text(entry) && is_code(entry)) {
        all.retain(|entry| is_text(entry) && is_code(entry));
    } else if all.iter().any(is_text) {
        all.retain(is_text);
    } else if all.iter().any(is_code) {
        all.retain(is_code);
    } else {
        let part = error.to_lowercase();
        let has = |whole: &str| part.len() >= SHORTEST_PART && whole.to_lowercase().contains(&part);
        all.retain(|entry| has(&entry.text) || has(&entry.code));
    }
    all
}

impl Told {
    fn read(error: &str) -> Self {
        Self::of_json(error)
            .or_else(|| Self::of_boto3(error))
            .or_else(|| Self::of_name_and_text(error))
            .unwrap_or_else(|| Self::new(error, error))
    }

    fn new(code: &str, text: &str) -> Self {
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Self {
            code: filled(code),
            text: filled(text),
        }
    }

    /// The answer of the JSON API, or of an OAuth endpoint.
    fn of_json(error: &str) -> Option<Self> {
        let read: serde_json::Value = serde_json::from_str(error).ok()?;
        let member = |names: &[&str]| {
            let found = names.iter().find_map(|name| read.get(name)?.as_str());
            found.unwrap_or_default().to_owned()
        };
        let code = member(&["__type", "error", "code", "name"]);
        let code = code.rsplit('#').next().unwrap_or_default();
        let told = Self::new(code, &member(&["message", "Message", "error_description"]));
        (told != Self::default()).then_some(told)
    }

    /// `An error occurred (CODE) when calling the OPERATION operation: TEXT`, of boto3 and the AWS
    /// command line.
    fn of_boto3(error: &str) -> Option<Self> {
        let (_, rest) = error.split_once("An error occurred (")?;
        let (code, rest) = rest.split_once(')')?;
        let (_, text) = rest.split_once(" operation: ")?;
        Some(Self::new(code, text))
    }

    /// `CODE: TEXT`, of the SDKs for JavaScript.
    fn of_name_and_text(error: &str) -> Option<Self> {
        let (code, text) = error.split_once(": ")?;
        let is_code = code.len() > 4
            && code
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let told = Self::new(code, text);
        let is_known = code.ends_with("Exception") || code.contains('_');
        (is_code && is_known).then_some(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_found_as_people_paste_it() {
        for pasted in [
            r#"{"__type":"NotAuthorizedException","message":"Incorrect username or password."}"#,
            r#"{"__type":"com.amazonaws#NotAuthorizedException","message":"Incorrect username or password."}"#,
            "An error occurred (NotAuthorizedException) when calling the InitiateAuth operation: \
             Incorrect username or password.",
            "NotAuthorizedException: Incorrect username or password.",
            "Incorrect username or password.",
            "incorrect username or PASS",
        ] {
            let found = search(pasted);
            assert!(!found.is_empty(), "{pasted}");
            for entry in found {
                assert_eq!(entry.text, "Incorrect username or password.", "{pasted}");
            }
        }
        for pasted in [r#"{"error":"invalid_grant"}"#, "invalid_grant"] {
            let found = search(pasted);
            assert!(
                found.iter().all(|entry| entry.code == "invalid_grant"),
                "{pasted}"
            );
            assert!(found.len() > 1, "{pasted}");
        }
    }

    #[test]
    fn a_code_with_a_strange_text_still_leads_to_the_code() {
        let found = search("UsernameExistsException: Something else altogether");
        assert!(!found.is_empty());
        assert!(
            found
                .iter()
                .all(|entry| entry.code == "UsernameExistsException")
        );
    }

    #[test]
    fn nothing_is_found_of_nothing() {
        for pasted in ["", " ", "a", "{}", "[]", "Never heard of it", ": "] {
            assert!(search(pasted).is_empty(), "{pasted:?}");
        }
    }
}
