//! A request body after its types were checked.

use std::vec;

use zeroize::Zeroizing;

use crate::schema::{Member, Shape};

use super::FromValue;

/// A value whose type agrees with its shape. Text is wiped when it is dropped.
pub enum Value {
    /// Text, also of an enum.
    String(Zeroizing<String>),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// Milliseconds since the epoch.
    Timestamp(i64),
    /// Bytes.
    Blob(Zeroizing<Vec<u8>>),
    /// Elements.
    List(Vec<Value>),
    /// Entries, keys as text, in the order they came in.
    Map(Vec<(Value, Value)>),
    /// The members in the order of the schema, each there or absent.
    Structure(Vec<Option<Value>>),
    /// The text of any JSON value.
    Document(Zeroizing<String>),
}

impl Value {
    /// Finds a member of a structure that is there.
    pub(crate) fn member(
        &self,
        shape: &'static Shape,
        name: &str,
    ) -> Option<(&'static Member, &Self)> {
        let Self::Structure(values) = self else {
            return None;
        };
        let mut members = shape.members().iter().zip(values);
        let (member, value) = members.find(|(member, _)| member.name == name)?;
        Some((member, value.as_ref()?))
    }

    /// The text of a key or a text; empty for what is no text.
    pub(crate) fn as_text(&self) -> &str {
        match self {
            Self::String(text) => text,
            _ => "",
        }
    }
}

/// A value that disagrees with its schema; the reader and the validation rule it out before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch;

/// The members of a structure, taken one by one in the order of its schema.
pub(crate) struct Fields(vec::IntoIter<Option<Value>>);

impl Fields {
    /// Takes a structure apart.
    pub(crate) fn of(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Structure(members) => Ok(Self(members.into_iter())),
            _ => Err(Mismatch),
        }
    }

    /// Takes the next member, which must be there.
    pub(crate) fn required<T: FromValue>(&mut self) -> Result<T, Mismatch> {
        self.optional()?.ok_or(Mismatch)
    }

    /// Takes the next member, which may be absent.
    pub(crate) fn optional<T: FromValue>(&mut self) -> Result<Option<T>, Mismatch> {
        self.0
            .next()
            .ok_or(Mismatch)?
            .map(T::from_value)
            .transpose()
    }
}
