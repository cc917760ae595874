//! From a checked value to a typed one.

use std::collections::BTreeMap;
use std::mem;

use super::sensitive::Wipe;
use super::value::{Mismatch, Value};
use super::{Blob, Document, Sensitive, Timestamp};

/// A type that a checked value can become.
pub trait FromValue: Sized {
    /// Converts `value`.
    /// # Errors
    /// [`Mismatch`] when it disagrees with the schema of the type.
    fn from_value(value: Value) -> Result<Self, Mismatch>;
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::String(mut text) => Ok(mem::take(&mut text)),
            _ => Err(Mismatch),
        }
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Boolean(is_true) => Ok(is_true),
            _ => Err(Mismatch),
        }
    }
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Integer(number) => Ok(number),
            _ => Err(Mismatch),
        }
    }
}

impl FromValue for i32 {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        i64::from_value(value)?.try_into().map_err(|_| Mismatch)
    }
}

impl FromValue for Timestamp {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Timestamp(millis) => Ok(Self::from_millis(millis)),
            _ => Err(Mismatch),
        }
    }
}

impl FromValue for Blob {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Blob(mut bytes) => Ok(Self::new(mem::take(&mut *bytes))),
            _ => Err(Mismatch),
        }
    }
}

impl FromValue for Document {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Document(mut text) => Ok(Self::from_checked(mem::take(&mut text))),
            _ => Err(Mismatch),
        }
    }
}

impl<T: FromValue + Wipe> FromValue for Sensitive<T> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        T::from_value(value).map(Self::new)
    }
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::List(elements) => elements.into_iter().map(T::from_value).collect(),
            _ => Err(Mismatch),
        }
    }
}

impl<T: FromValue> FromValue for BTreeMap<String, T> {
    fn from_value(value: Value) -> Result<Self, Mismatch> {
        let Value::Map(entries) = value else {
            return Err(Mismatch);
        };
        entries
            .into_iter()
            .map(|(key, value)| Ok((String::from_value(key)?, T::from_value(value)?)))
            .collect()
    }
}
