//! The value in a violation, as Java prints it.

use std::fmt;

use crate::schema::{Kind, Shape};
use crate::wire::value::Value;

/// Prints a value that is not sensitive; structures only by name, whatever is in them.
/// Inferred: lists and maps print as in Java (seen live), structures would print a class name
/// and a memory address.
pub(super) struct Shown<'v> {
    pub(super) value: &'v Value,
    pub(super) shape: &'v Shape,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.value, &self.shape.kind) {
            (Value::String(text), _) => f.write_str(text),
            (Value::Integer(number), _) => write!(f, "{number}"),
            (Value::Boolean(is_true), _) => write!(f, "{is_true}"),
            (Value::Timestamp(millis), _) => write!(f, "{millis}"),
            (Value::Blob(bytes), _) => {
                let length = bytes.len();
                write!(
                    f,
                    "java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]"
                )
            }
            (Value::List(elements), Kind::List { element, .. }) => list(f, elements, element),
            (Value::Map(entries), Kind::Map { key, value, .. }) => map(f, entries, key, value),
            _ => f.write_str(self.shape.name),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, elements: &[Value], shape: &Shape) -> fmt::Result {
    f.write_str("[")?;
    for (position, value) in elements.iter().enumerate() {
        separate(f, position)?;
        write!(f, "{}", Shown { value, shape })?;
    }
    f.write_str("]")
}

fn map(
    f: &mut fmt::Formatter<'_>,
    entries: &[(Value, Value)],
    key_shape: &Shape,
    value_shape: &Shape,
) -> fmt::Result {
    f.write_str("{")?;
    for (position, (key, value)) in entries.iter().enumerate() {
        separate(f, position)?;
        let key = Shown {
            value: key,
            shape: key_shape,
        };
        let value = Shown {
            value,
            shape: value_shape,
        };
        write!(f, "{key}={value}")?;
    }
    f.write_str("}")
}

fn separate(f: &mut fmt::Formatter<'_>, position: usize) -> fmt::Result {
    if position > 0 {
        f.write_str(", ")
    } else {
        Ok(())
    }
}
