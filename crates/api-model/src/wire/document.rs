//! Raw JSON inside a body.

use std::fmt;

use super::json::Cursor;

/// Any JSON value, kept as the text it came in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document(String);

/// A text that is not one JSON value by the strict rules of request bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDocument;

impl Document {
    /// Keeps `json` after checking it.
    /// # Errors
    /// [`InvalidDocument`] when it is malformed, has a key twice or nests too deeply.
    pub fn new(json: String) -> Result<Self, InvalidDocument> {
        let mut cursor = Cursor::new(json.as_bytes()).map_err(|_| InvalidDocument)?;
        cursor.skip().map_err(|_| InvalidDocument)?;
        cursor.end().map_err(|_| InvalidDocument)?;
        Ok(Self(json))
    }

    pub(crate) fn from_checked(json: String) -> Self {
        Self(json)
    }

    /// The JSON text.
    pub fn as_json(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InvalidDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not one strict JSON value")
    }
}

impl std::error::Error for InvalidDocument {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_keeps_its_text() {
        let json = r#"{ "a": [1.50, null] }"#;
        assert_eq!(Document::new(json.to_owned()).unwrap().as_json(), json);
    }

    #[test]
    fn text_that_is_not_one_strict_value_is_refused() {
        for json in ["", "{} {}", "[1,]", r#"{"a":1,"a":2}"#, "1e999"] {
            assert_eq!(
                Document::new(json.to_owned()),
                Err(InvalidDocument),
                "{json}"
            );
        }
    }
}
