//! Values that go into a statement and rows that come out of one.

use poolhouse_model::Timestamp;
use poolhouse_storage::StorageError;

/// A parameter, or a column of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Text.
    Text(String),
    /// A whole number; also instants (milliseconds) and booleans (0, 1).
    Integer(i64),
    /// Bytes.
    Blob(Vec<u8>),
    /// Nothing.
    Null,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Integer(i64::from(flag))
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(bytes.to_vec())
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Integer(at.as_millis())
    }
}

impl<T> From<Option<T>> for Value
where
    Self: From<T>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::from)
    }
}

/// A row that a statement gave back.
#[derive(Debug)]
pub(crate) struct Row(pub(crate) Vec<Value>);

impl Row {
    /// Starts to read the columns, first to last, as a row of `entity`.
    pub(crate) fn read(self, entity: &'static str) -> Columns {
        Columns {
            entity,
            position: 0,
            values: self.0.into_iter(),
        }
    }
}

/// The columns of a row that were not read yet.
pub(crate) struct Columns {
    entity: &'static str,
    position: usize,
    values: std::vec::IntoIter<Value>,
}

impl Columns {
    /// Reads text.
    pub(crate) fn text(&mut self) -> Result<String, StorageError> {
        match self.next()? {
            Value::Text(text) => Ok(text),
            other => Err(self.mismatch("text", &other)),
        }
    }

    /// Reads text that may be missing.
    pub(crate) fn optional_text(&mut self) -> Result<Option<String>, StorageError> {
        match self.next()? {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            other => Err(self.mismatch("text", &other)),
        }
    }

    /// Reads a whole number.
    pub(crate) fn integer(&mut self) -> Result<i64, StorageError> {
        match self.next()? {
            Value::Integer(number) => Ok(number),
            other => Err(self.mismatch("a number", &other)),
        }
    }

    /// Reads a whole number that may be missing.
    pub(crate) fn optional_integer(&mut self) -> Result<Option<i64>, StorageError> {
        match self.next()? {
            Value::Integer(number) => Ok(Some(number)),
            Value::Null => Ok(None),
            other => Err(self.mismatch("a number", &other)),
        }
    }

    /// Reads a boolean.
    pub(crate) fn flag(&mut self) -> Result<bool, StorageError> {
        Ok(self.integer()? != 0)
    }

    /// Reads bytes.
    pub(crate) fn blob(&mut self) -> Result<Vec<u8>, StorageError> {
        match self.next()? {
            Value::Blob(bytes) => Ok(bytes),
            other => Err(self.mismatch("bytes", &other)),
        }
    }

    /// Reads bytes that may be missing.
    pub(crate) fn optional_blob(&mut self) -> Result<Option<Vec<u8>>, StorageError> {
        match self.next()? {
            Value::Blob(bytes) => Ok(Some(bytes)),
            Value::Null => Ok(None),
            other => Err(self.mismatch("bytes", &other)),
        }
    }

    /// Reads an instant.
    pub(crate) fn timestamp(&mut self) -> Result<Timestamp, StorageError> {
        Ok(Timestamp::from_millis(self.integer()?))
    }

    /// Reads an instant that may be missing.
    pub(crate) fn optional_timestamp(&mut self) -> Result<Option<Timestamp>, StorageError> {
        match self.next()? {
            Value::Integer(millis) => Ok(Some(Timestamp::from_millis(millis))),
            Value::Null => Ok(None),
            other => Err(self.mismatch("an instant", &other)),
        }
    }

    /// Reads a JSON document.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, StorageError> {
        let text = self.text()?;
        serde_json::from_str(&text).map_err(|error| self.unreadable(&error.to_string()))
    }

    /// Reads a JSON document that may be missing.
    pub(crate) fn optional_json<T: serde::de::DeserializeOwned>(
        &mut self,
    ) -> Result<Option<T>, StorageError> {
        let Some(text) = self.optional_text()? else {
            return Ok(None);
        };
        let document = serde_json::from_str(&text);
        document
            .map(Some)
            .map_err(|error| self.unreadable(&error.to_string()))
    }

    /// Whether nothing is left, or the next column is null: where a row that was joined is missing.
    pub(crate) fn is_at_null(&self) -> bool {
        matches!(self.values.as_slice().first(), None | Some(Value::Null))
    }

    /// Reads one of the names that `parse` knows.
    pub(crate) fn named<T>(&mut self, parse: fn(&str) -> Option<T>) -> Result<T, StorageError> {
        let text = self.text()?;
        parse(&text).ok_or_else(|| self.unreadable("a name is not known"))
    }

    /// Reads one of the names that `parse` knows, or nothing.
    pub(crate) fn optional_named<T>(
        &mut self,
        parse: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, StorageError> {
        let Some(text) = self.optional_text()? else {
            return Ok(None);
        };
        let known = parse(&text).ok_or_else(|| self.unreadable("a name is not known"))?;
        Ok(Some(known))
    }

    fn next(&mut self) -> Result<Value, StorageError> {
        self.position += 1;
        match self.values.next() {
            Some(value) => Ok(value),
            None => Err(self.unreadable("the row is too short")),
        }
    }

    fn mismatch(&self, wanted: &str, found: &Value) -> StorageError {
        let found = match found {
            Value::Text(_) => "text",
            Value::Integer(_) => "a number",
            Value::Blob(_) => "bytes",
            Value::Null => "nothing",
        };
        self.unreadable(&format!("{wanted} expected, {found} found"))
    }

    fn unreadable(&self, detail: &str) -> StorageError {
        StorageError::Unreadable {
            entity: self.entity,
            detail: format!("column {}: {detail}", self.position),
        }
    }
}

/// Writes a document as JSON text.
///
/// # Errors
/// [`StorageError::Unreadable`] for a value that JSON cannot hold, which no entity has.
pub(crate) fn json<T: serde::Serialize>(
    entity: &'static str,
    document: &T,
) -> Result<Value, StorageError> {
    match serde_json::to_string(document) {
        Ok(text) => Ok(Value::Text(text)),
        Err(error) => Err(StorageError::Unreadable {
            entity,
            detail: error.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contradictory_column_is_named_without_its_content() {
        let mut columns = Row(vec![Value::Integer(1), Value::Text("secret".into())]).read("user");
        columns.integer().unwrap();
        let error = columns.blob().unwrap_err().to_string();
        assert!(
            error.contains("user") && error.contains("column 2"),
            "{error}"
        );
        assert!(!error.contains("secret"), "{error}");
    }
}
