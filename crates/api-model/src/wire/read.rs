//! From bytes to values whose types agree with the schema.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::schema::{Kind, Member, Shape};

use super::fault::Fault;
use super::json::{Cursor, Token};
use super::numbers;
use super::value::Value;

/// Reads the body of a request whose input has the shape `input`.
/// Null is the same as absent, everywhere; members that the model does not have are skipped.
pub(crate) fn read_body(body: &[u8], input: &Shape) -> Result<Value, Fault> {
    let body = if body.is_empty() { b"{}" } else { body };
    let mut cursor = Cursor::new(body)?;
    let value = match cursor.peek()? {
        Token::Object => read_members(&mut cursor, input.members())?,
        Token::Null => {
            cursor.literal("null")?;
            Value::Structure(absent(input.members()))
        }
        _ => return Err(Fault::body_is_no_map()),
    };
    cursor.end()?;
    Ok(value)
}

pub(super) fn read_value(cursor: &mut Cursor<'_>, shape: &Shape) -> Result<Option<Value>, Fault> {
    let token = cursor.peek()?;
    if token == Token::Null {
        cursor.literal("null")?;
        return Ok(None);
    }
    let value = match (&shape.kind, token) {
        (Kind::Structure { members }, Token::Object) => read_members(cursor, members)?,
        (Kind::List { element, .. }, Token::Array) => read_list(cursor, element)?,
        (Kind::Map { value, .. }, Token::Object) => read_map(cursor, value)?,
        (Kind::Document, _) => Value::Document(Zeroizing::new(cursor.raw()?.to_owned())),
        (kind, _) => read_scalar(cursor, kind, token)?,
    };
    Ok(Some(value))
}

fn read_scalar(cursor: &mut Cursor<'_>, kind: &Kind, token: Token) -> Result<Value, Fault> {
    match (kind, token) {
        (Kind::String { .. } | Kind::Enum { .. }, Token::String) => {
            Ok(Value::String(Zeroizing::new(cursor.string()?.into_owned())))
        }
        (Kind::Integer { .. }, Token::Number) => {
            let number = numbers::whole(cursor.number()?, i32::MIN.into(), i32::MAX.into())?;
            Ok(Value::Integer(number))
        }
        (Kind::Long { .. }, Token::Number) => {
            let number = numbers::whole(cursor.number()?, i64::MIN, i64::MAX)?;
            Ok(Value::Integer(number))
        }
        (Kind::Timestamp, Token::Number) => numbers::millis(cursor.number()?).map(Value::Timestamp),
        (Kind::Boolean, Token::True) => cursor.literal("true").map(|()| Value::Boolean(true)),
        (Kind::Boolean, Token::False) => cursor.literal("false").map(|()| Value::Boolean(false)),
        (Kind::Blob { .. }, Token::String) => read_blob(cursor),
        (kind, token) => Err(Fault::mismatch(token, kind)),
    }
}

fn read_blob(cursor: &mut Cursor<'_>) -> Result<Value, Fault> {
    let bytes = STANDARD
        .decode(cursor.string()?.as_bytes())
        .map_err(|_| Fault::MALFORMED)?;
    Ok(Value::Blob(Zeroizing::new(bytes)))
}

fn read_members(cursor: &mut Cursor<'_>, members: &[Member]) -> Result<Value, Fault> {
    let mut values = absent(members);
    cursor.object(|cursor, key| {
        let known = members.iter().zip(&mut values);
        match known.into_iter().find(|(member, _)| member.name == key) {
            Some((member, value)) => *value = read_value(cursor, member.shape)?,
            None => cursor.skip()?,
        }
        Ok(())
    })?;
    Ok(Value::Structure(values))
}

/// Inferred: null elements are dropped, as measured on a service with the same front end.
fn read_list(cursor: &mut Cursor<'_>, element: &Shape) -> Result<Value, Fault> {
    let mut elements = Vec::new();
    cursor.array(|cursor| {
        elements.extend(read_value(cursor, element)?);
        Ok(())
    })?;
    Ok(Value::List(elements))
}

fn read_map(cursor: &mut Cursor<'_>, shape: &Shape) -> Result<Value, Fault> {
    let mut entries = Vec::new();
    cursor.object(|cursor, key| {
        if let Some(value) = read_value(cursor, shape)? {
            let key = Value::String(Zeroizing::new(key.to_owned()));
            entries.push((key, value));
        }
        Ok(())
    })?;
    Ok(Value::Map(entries))
}

fn absent(members: &[Member]) -> Vec<Option<Value>> {
    members.iter().map(|_| None).collect()
}
