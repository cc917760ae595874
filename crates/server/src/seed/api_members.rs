//! Members of the API in a document: checked as the API checks them, and for unknown ones, which
//! the API passes over and a document should not hold.

use poolhouse_api_model::schema::{Kind, Shape};
use poolhouse_api_model::{Input, Operation, RequestError, decode};
use serde_json::{Map, Value};

use super::error::SeedError;
use super::tree::{Node, NodeValue};

/// Reads the members of an operation's input from `settings`, with what the document says
/// elsewhere; `elsewhere` names members that must not be among the settings.
pub(super) fn input<T: Input>(
    settings: Option<&Node>,
    line: u64,
    elsewhere: &[(&str, &str)],
    given: Map<String, Value>,
) -> Result<T, SeedError> {
    let mut members = given;
    if let Some(settings) = settings {
        refuse_elsewhere(settings, elsewhere)?;
        refuse_unknown(settings, T::OPERATION.input(), "")?;
        if let Value::Object(more) = settings.to_json() {
            members.extend(more);
        }
    }
    let line = settings.map_or(line, |settings| settings.line);
    let body = Value::Object(members).to_string();
    decode(body.as_bytes()).map_err(|error| refused(line, T::OPERATION, error))
}

/// Checks an input that is not otherwise used.
pub(super) fn check(operation: Operation, line: u64, members: &Value) -> Result<(), SeedError> {
    let body = members.to_string();
    poolhouse_api_model::check(body.as_bytes(), operation.input())
        .map_err(|error| refused(line, operation, error))
}

fn refused(line: u64, operation: Operation, error: RequestError) -> SeedError {
    let text = match error {
        RequestError::Serialization(text) => {
            text.unwrap_or_else(|| "a value is of the wrong type".to_owned())
        }
        RequestError::Invalid(text) => text,
    };
    SeedError::at(line, format!("{} refuses it: {text}", operation.name()))
}

fn refuse_elsewhere(settings: &Node, elsewhere: &[(&str, &str)]) -> Result<(), SeedError> {
    let NodeValue::Map(entries) = &settings.value else {
        return Ok(());
    };
    for (key, _) in entries {
        if let Some((_, instead)) = elsewhere.iter().find(|(name, _)| *name == key.name) {
            let text = format!("{} does not belong into settings: {instead}", key.name);
            return Err(SeedError::at(key.line, text));
        }
    }
    Ok(())
}

/// Refuses names that no structure of the shape has.
fn refuse_unknown(node: &Node, shape: &Shape, path: &str) -> Result<(), SeedError> {
    match (&node.value, &shape.kind) {
        (NodeValue::Map(entries), Kind::Structure { members }) => {
            for (key, part) in entries {
                let Some(member) = members.iter().find(|member| member.name == key.name) else {
                    return Err(SeedError::at(key.line, unknown(shape, path, &key.name)));
                };
                let path = format!("{path}{}.", member.name);
                refuse_unknown(part, member.shape, &path)?;
            }
            Ok(())
        }
        (_, Kind::Structure { .. }) => {
            let name = path.trim_end_matches('.');
            let name = if name.is_empty() { "settings" } else { name };
            Err(SeedError::at(node.line, format!("{name} is a map")))
        }
        (NodeValue::Map(entries), Kind::Map { value, .. }) => {
            entries.iter().try_for_each(|(key, part)| {
                refuse_unknown(part, value, &format!("{path}{}.", key.name))
            })
        }
        (NodeValue::List(parts), Kind::List { element, .. }) => parts
            .iter()
            .try_for_each(|part| refuse_unknown(part, element, path)),
        _ => Ok(()),
    }
}

fn unknown(shape: &Shape, path: &str, name: &str) -> String {
    let known = shape.members().iter().map(|member| member.name);
    let known: Vec<_> = known.collect();
    format!(
        "there is no {path}{name} in the API; there are {}",
        known.join(", ")
    )
}
