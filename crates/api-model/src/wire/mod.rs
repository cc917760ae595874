//! The runtime below the generated types: strict JSON, constraints, and the way back.

mod blob;
mod document;
mod encode;
mod fault;
mod from_value;
mod json;
mod member;
mod numbers;
mod pattern;
mod read;
mod sensitive;
mod timestamp;
mod validate;
mod value;

pub use blob::Blob;
pub use document::{Document, InvalidDocument};
pub use encode::encode;
pub(crate) use encode::{ToJson, Writer};
pub(crate) use from_value::FromValue;
pub use member::{MemberValue, member_from_json, member_to_json};
pub use pattern::Pattern;
pub use sensitive::Sensitive;
pub use timestamp::Timestamp;
pub(crate) use value::{Fields, Mismatch, Value};

use crate::error::RequestError;
use crate::generated::operation::Operation;
use crate::schema::Shape;

/// The input of an operation.
pub trait Input: FromValue {
    /// The operation it is the input of.
    const OPERATION: Operation;
    /// What the operation answers; `()` where the model has no output.
    type Output: Output;
}

/// The output of an operation.
pub trait Output: ToJson {}

impl Output for () {}

/// Reads the input of an operation from a request body; an empty body counts as `{}`.
///
/// JSON and types are judged first, all constraints after them.
/// # Errors
/// [`RequestError::Serialization`] for a body that is no JSON object of the right types,
/// [`RequestError::Invalid`] with every violated constraint.
/// Inferred: that the service judges in this order; a reader needs types before values.
pub fn decode<T: Input>(body: &[u8]) -> Result<T, RequestError> {
    let value = checked(body, T::OPERATION.input())?;
    T::from_value(value).map_err(|_| RequestError::Serialization(None))
}

/// Reads the input of an operation as [`decode`] does, but holds its text member `name` to no
/// constraint where `is_exempt` says so of the text: for what a server admits beyond the model.
/// # Errors
/// As [`decode`].
pub fn decode_exempting<T: Input>(
    body: &[u8],
    name: &str,
    is_exempt: impl Fn(&str) -> bool,
) -> Result<T, RequestError> {
    let shape = T::OPERATION.input();
    let value = read(body, shape)?;
    let member = value.member(shape, name);
    let exempt = member.filter(|(_, value)| is_exempt(value.as_text()));
    validate::validate(&value, shape, exempt.map(|(member, _)| member))
        .map_err(RequestError::Invalid)?;
    T::from_value(value).map_err(|_| RequestError::Serialization(None))
}

/// Checks a body, of a request or a response, against the types and constraints of a shape.
/// # Errors
/// As [`decode`].
pub fn check(body: &[u8], shape: &'static Shape) -> Result<(), RequestError> {
    checked(body, shape).map(drop)
}

fn checked(body: &[u8], shape: &'static Shape) -> Result<Value, RequestError> {
    let value = read(body, shape)?;
    validate::validate(&value, shape, None).map_err(RequestError::Invalid)?;
    Ok(value)
}

fn read(body: &[u8], shape: &'static Shape) -> Result<Value, RequestError> {
    read::read_body(body, shape).map_err(|fault| RequestError::Serialization(fault.into_message()))
}
