//! Minimal inputs made from the schema, and a value put at one place of them.

use poolhouse_api_model::schema::{Constraint, Kind, Shape};
use serde_json::{Map, Value, json};

/// Texts of which one satisfies each shape of the model.
const TEXTS: [&str; 15] = [
    "sample",
    "someone@example.com",
    "123456",
    "123456789012",
    "us-east-1_0123456789",
    "0f8fad5b-d9cb-469f-a165-70867728950e",
    "us-east-1_0f8fad5b-d9cb",
    "arn:aws:iam::123456789012:role/sample",
    "arn:aws:s3:::sample",
    "Level1",
    "terms-of-use",
    "import-1",
    "Your code is {####}",
    "{##Verify##} your address",
    "sampletextofmorethantwentycharacters",
];

/// A value with nothing in it but what has to be there.
pub(super) fn minimal(shape: &Shape) -> Value {
    match shape.kind {
        Kind::String { .. } => json!(text(shape)),
        Kind::Enum { values } => json!(values[0]),
        Kind::Integer { range } | Kind::Long { range } => {
            json!(range.min.or(range.max).unwrap_or(1))
        }
        Kind::Boolean => json!(true),
        Kind::Timestamp => json!(1_477_662_772.246),
        Kind::Blob { .. } => json!("c2FtcGxl"),
        Kind::List { length, element } => {
            let count = usize::try_from(length.min.unwrap_or(0)).unwrap();
            json!(vec![minimal(element); count])
        }
        Kind::Map { length, key, value } => match length.min.unwrap_or(0) {
            0 => json!({}),
            _ => json!({ text(key): minimal(value) }),
        },
        Kind::Structure { members } => members
            .iter()
            .filter(|member| member.required)
            .map(|member| (member.name.to_owned(), minimal(member.shape)))
            .collect::<Map<_, _>>()
            .into(),
        Kind::Document => json!({}),
    }
}

/// A text that breaks no rule of its shape.
pub(super) fn text(shape: &Shape) -> &'static str {
    TEXTS
        .into_iter()
        .find(|text| broken(shape, &json!(text)).is_empty())
        .unwrap_or_else(|| panic!("no sample text for {}", shape.name))
}

/// A minimal value, with what `place` makes at the end of `way`; `*` is the one item of a list or
/// a map. `None` when `place` makes nothing.
pub(super) fn along(
    shape: &'static Shape,
    way: &[&str],
    place: &dyn Fn(&'static Shape) -> Option<Value>,
) -> Option<Value> {
    let Some((step, rest)) = way.split_first() else {
        return place(shape);
    };
    Some(match shape.kind {
        Kind::List { element, .. } => json!([along(element, rest, place)?]),
        Kind::Map { key, value, .. } => json!({ text(key): along(value, rest, place)? }),
        _ => {
            let member = shape.members().iter().find(|member| member.name == *step);
            let mut value = minimal(shape);
            value[*step] = along(member?.shape, rest, place)?;
            value
        }
    })
}

/// The rules of its own shape that a value breaks, in the order of the texts.
pub(super) fn broken(shape: &Shape, value: &Value) -> Vec<Constraint> {
    let rules = shape.constraints();
    rules.filter(|rule| !holds(*rule, shape, value)).collect()
}

fn holds(rule: Constraint, shape: &Shape, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match rule {
        Constraint::Required => !value.is_null(),
        Constraint::MinLength(least) => length(shape, value) >= least,
        Constraint::MaxLength(most) => length(shape, value) <= most,
        Constraint::MinValue(least) => value.as_i64() >= Some(least),
        Constraint::MaxValue(most) => value.as_i64() <= Some(most),
        Constraint::Enum(values) => values.contains(&text),
        Constraint::Pattern(pattern) => pattern.matches(text),
    }
}

/// Characters, bytes, elements or entries.
pub(super) fn length(shape: &Shape, value: &Value) -> i64 {
    let length = match value {
        Value::String(text) if matches!(shape.kind, Kind::Blob { .. }) => {
            text.len() / 4 * 3 - text.matches('=').count()
        }
        Value::String(text) => text.chars().count(),
        Value::Array(elements) => elements.len(),
        Value::Object(entries) => entries.len(),
        _ => 0,
    };
    i64::try_from(length).unwrap()
}
