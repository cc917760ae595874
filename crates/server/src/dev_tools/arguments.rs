//! What a test suite says to the tools: members of a JSON object, parameters of the query, or
//! both.

use std::collections::BTreeMap;

use poolhouse_oauth::parameters::Parameters;
use serde_json::{Map, Value};

/// Arguments by name, each known and given once.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    given: BTreeMap<&'static str, String>,
}

impl Arguments {
    /// Reads the query and the body; an empty body is none. `true` in JSON and a parameter without
    /// value are the text `true`.
    /// # Errors
    /// Says what cannot be read, is not known, or is given twice.
    pub(super) fn read(
        query: Option<&str>,
        body: &[u8],
        known: &[&'static str],
    ) -> Result<Self, String> {
        let mut arguments = Self::default();
        let query = query.unwrap_or_default();
        // The decoder bounds length and number.
        Parameters::decode(query.as_bytes()).map_err(|error| format!("{error}."))?;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = if value.is_empty() {
                "true".to_owned()
            } else {
                value.into_owned()
            };
            arguments.put(&name, value, known)?;
        }
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(arguments);
        }
        let members: Map<String, Value> = serde_json::from_slice(body)
            .map_err(|error| format!("The body is not a JSON object: {error}."))?;
        for (name, value) in members {
            let value = match value {
                Value::String(text) => text,
                Value::Bool(truth) => truth.to_string(),
                _ => return Err(format!("{name} is a text.")),
            };
            arguments.put(&name, value, known)?;
        }
        Ok(arguments)
    }

    /// The text of an argument.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.given.get(name).map(String::as_str)
    }

    /// Whether an argument that is true or false is given and true.
    /// # Errors
    /// When it is another text.
    pub(super) fn flag(&self, name: &str) -> Result<bool, String> {
        match self.text(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(format!("{name} is true or false.")),
        }
    }

    fn put(&mut self, name: &str, value: String, known: &[&'static str]) -> Result<(), String> {
        let Some(known_name) = known.iter().find(|known| **known == name) else {
            let known = known.join(", ");
            return Err(format!("There is no argument {name:?}; there are {known}."));
        };
        match self.given.insert(known_name, value) {
            None => Ok(()),
            Some(_) => Err(format!("{name} is given twice.")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str, body: &str) -> Result<Arguments, String> {
        Arguments::read(Some(query), body.as_bytes(), &["name", "freeze"])
    }

    #[test]
    fn arguments_come_by_query_or_by_body() {
        for (query, body) in [
            ("name=a%20b&freeze", " "),
            ("", r#"{"name": "a b", "freeze": true}"#),
            ("name=a+b", r#"{"freeze": true}"#),
        ] {
            let arguments = read(query, body).unwrap();
            assert_eq!(arguments.text("name"), Some("a b"));
            assert_eq!(arguments.flag("freeze"), Ok(true));
        }
        assert_eq!(read("", "").unwrap().flag("freeze"), Ok(false));
    }

    #[test]
    fn what_is_unknown_twice_or_no_text_is_refused_by_its_name() {
        for (query, body, part) in [
            ("nmae=a", "", "\"nmae\""),
            ("name=a&name=b", "", "twice"),
            ("name=a", r#"{"name": "b"}"#, "twice"),
            ("", r#"{"name": ["b"]}"#, "name is a text"),
            ("", "[]", "not a JSON object"),
            ("", r#"{"name": "#, "not a JSON object"),
        ] {
            let text = read(query, body).unwrap_err();
            assert!(text.contains(part), "{text}");
        }
        assert!(read("freeze=maybe", "").unwrap().flag("freeze").is_err());
    }
}
