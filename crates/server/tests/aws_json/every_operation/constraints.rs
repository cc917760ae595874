//! Each rule of the model on the input of each served operation, broken alone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use poolhouse_api_model::Operation;
use poolhouse_api_model::schema::{Constraint, ConstraintAt, Kind, Shape, Target};
use serde_json::{Value, json};

use super::{sample, served};
use crate::api::Api;

/// Texts of which one breaks each pattern that can be broken.
const UNFIT_TEXTS: [&str; 5] = [" two words, and a blank ", "wrong!", "\u{85}", "#", " "];

#[tokio::test]
async fn s57_every_constraint_of_every_served_operation_is_refused_word_for_word() {
    Api::on_every_engine(|api| async move {
        let mut count = 0;
        for operation in served(&api).await {
            for rule in operation.constraints() {
                let Some((input, expected)) = breaking(operation, &rule) else {
                    assert!(is_unbreakable(&rule), "{operation:?} {rule:?}");
                    continue;
                };
                let (code, text) = api.refused(operation.name(), input).await;
                assert_eq!(
                    code, "InvalidParameterException",
                    "{operation:?} {rule:?} {text}"
                );
                assert_eq!(text, expected, "{operation:?} {rule:?}");
                count += 1;
            }
        }
        assert!(count > 500, "only {count} constraints were tried");
    })
    .await;
}

/// An input that is minimal but for one place that breaks `rule`, and what is said of it.
fn breaking(operation: Operation, rule: &ConstraintAt) -> Option<(Value, String)> {
    let input = operation.input();
    if matches!(rule.constraint, Constraint::Required) {
        let (last, parent) = rule.path.split_last()?;
        let without = |shape: &'static Shape| {
            let mut value = sample::minimal(shape);
            value.as_object_mut()?.remove(*last)?;
            Some(value)
        };
        let violation = violation("Value null", &path(input, &rule.path), rule.constraint);
        let body = sample::along(input, parent, &without)?;
        return Some((body, detected(&[violation])));
    }
    let body = sample::along(input, &rule.path, &|shape| unfit_for(rule, shape))?;
    Some((body, expected_text(input, rule)?))
}

/// The value of the member that a rule is reported at.
fn unfit_for(rule: &ConstraintAt, shape: &Shape) -> Option<Value> {
    let unfit = unfit(rule)?;
    Some(match (rule.target, &shape.kind) {
        (Target::Element, _) => json!([unfit]),
        (Target::MapKey, Kind::Map { value, .. }) => {
            json!({ unfit.as_str()?: sample::minimal(value) })
        }
        (Target::MapValue, Kind::Map { key, .. }) => json!({ sample::text(key): unfit }),
        _ => unfit,
    })
}

fn unfit(rule: &ConstraintAt) -> Option<Value> {
    match rule.constraint {
        Constraint::MinLength(least) => of_length(rule.shape, least.checked_sub(1)?),
        Constraint::MaxLength(most) => of_length(rule.shape, most + 1),
        Constraint::MinValue(least) => Some(json!(least - 1)),
        Constraint::MaxValue(most) => Some(json!(most + 1)),
        Constraint::Enum(_) => Some(json!("NO_SUCH_VALUE")),
        Constraint::Pattern(pattern) => {
            let text = UNFIT_TEXTS.iter().find(|text| !pattern.matches(text))?;
            Some(json!(text))
        }
        Constraint::Required => None,
    }
}

fn of_length(shape: &Shape, length: i64) -> Option<Value> {
    let length = usize::try_from(length).ok()?;
    Some(match shape.kind {
        Kind::String { .. } => json!("1".repeat(length)),
        Kind::Blob { .. } => json!(STANDARD.encode(vec![0; length])),
        Kind::List { element, .. } => json!(vec![sample::minimal(element); length]),
        Kind::Map { value, .. } => {
            let keys = (0..length).map(|number| format!("Level{number}"));
            let entries = keys.map(|key| (key, sample::minimal(value)));
            Value::Object(entries.collect())
        }
        _ => return None,
    })
}

/// A pattern that matches everything, and lower bounds of nothing.
fn is_unbreakable(rule: &ConstraintAt) -> bool {
    match rule.constraint {
        Constraint::MinLength(least) => least == 0,
        Constraint::Pattern(pattern) => pattern.text() == "(?s).*",
        _ => false,
    }
}

/// The whole message, written anew from the table in the specification sheet.
fn expected_text(input: &'static Shape, rule: &ConstraintAt) -> Option<String> {
    let (at, is_hidden) = member_at(input, &rule.path);
    let value = unfit_for(rule, at)?;
    let subject = if is_hidden || rule.shape.hides_value {
        "Value".to_owned()
    } else {
        format!("Value '{}'", shown(at, &value))
    };
    let path = path(input, &rule.path);
    let each = |whose: &str, of: &Shape| {
        let rules: Vec<_> = of.bracketed_constraints().map(sentence).collect();
        let rules = rules.join(", ");
        format!(
            "{subject} at '{path}' failed to satisfy constraint: \
             {whose} must satisfy constraint: [{rules}]"
        )
    };
    Some(detected(&match rule.target {
        Target::Member => {
            let broken = sample::broken(at, &value).into_iter();
            let own = broken.map(|constraint| violation(&subject, &path, constraint));
            // Some maps have no more keys that fit than they may have entries.
            let of_keys = unfit_key(at, &value).map(|key| each("Map keys", key));
            own.chain(of_keys).collect::<Vec<_>>()
        }
        Target::Element => vec![each("Member", rule.shape)],
        Target::MapKey => vec![each("Map keys", rule.shape)],
        Target::MapValue => vec![each("Map value", rule.shape)],
    }))
}

/// The shape of the keys of a map one of which breaks it.
fn unfit_key(shape: &Shape, value: &Value) -> Option<&'static Shape> {
    let Kind::Map { key, .. } = shape.kind else {
        return None;
    };
    let mut names = value.as_object()?.keys();
    let is_unfit = names.any(|name| !sample::broken(key, &json!(name)).is_empty());
    is_unfit.then_some(key)
}

fn detected(violations: &[String]) -> String {
    let count = violations.len();
    let plural = if count == 1 { "" } else { "s" };
    format!(
        "{count} validation error{plural} detected: {}",
        violations.join("; ")
    )
}

fn violation(subject: &str, path: &str, constraint: Constraint) -> String {
    let sentence = sentence(constraint);
    format!("{subject} at '{path}' failed to satisfy constraint: {sentence}")
}

fn sentence(constraint: Constraint) -> String {
    match constraint {
        Constraint::Required => "Member must not be null".to_owned(),
        Constraint::MinLength(n) => format!("Member must have length greater than or equal to {n}"),
        Constraint::MaxLength(n) => format!("Member must have length less than or equal to {n}"),
        Constraint::MinValue(n) => format!("Member must have value greater than or equal to {n}"),
        Constraint::MaxValue(n) => format!("Member must have value less than or equal to {n}"),
        Constraint::Enum(values) => {
            let values = values.join(", ");
            format!("Member must satisfy enum value set: [{values}]")
        }
        Constraint::Pattern(pattern) => {
            let pattern = pattern.text();
            format!("Member must satisfy regular expression pattern: {pattern}")
        }
    }
}

/// The shape at the end of a way, and whether it or one on the way keeps values out of texts.
fn member_at(input: &'static Shape, way: &[&str]) -> (&'static Shape, bool) {
    let mut shape = input;
    let mut is_hidden = false;
    for step in way {
        shape = step_into(shape, step);
        is_hidden |= shape.hides_value;
    }
    (shape, is_hidden)
}

fn step_into(shape: &'static Shape, step: &str) -> &'static Shape {
    match shape.kind {
        Kind::List { element, .. } => element,
        Kind::Map { value, .. } => value,
        _ => {
            let member = shape.members().iter().find(|member| member.name == step);
            member.unwrap().shape
        }
    }
}

fn path(input: &'static Shape, way: &[&str]) -> String {
    let mut shape = input;
    let mut steps = Vec::new();
    for step in way {
        steps.push(match shape.kind {
            Kind::List { .. } => "1.member".to_owned(),
            Kind::Map { key, .. } => format!("{}.member", sample::text(key)),
            _ => step[..1].to_ascii_lowercase() + &step[1..],
        });
        shape = step_into(shape, step);
    }
    steps.join(".")
}

/// A value as Java prints it.
fn shown(shape: &Shape, value: &Value) -> String {
    match (&shape.kind, value) {
        (Kind::Structure { .. } | Kind::Document, _) => shape.name.to_owned(),
        (Kind::Blob { .. }, _) => {
            let length = sample::length(shape, value);
            format!("java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]")
        }
        (Kind::List { element, .. }, Value::Array(values)) => {
            let values: Vec<_> = values.iter().map(|value| shown(element, value)).collect();
            format!("[{}]", values.join(", "))
        }
        (Kind::Map { value: of, .. }, Value::Object(entries)) => {
            let entries = entries.iter();
            let entries: Vec<_> = entries
                .map(|(key, value)| format!("{key}={}", shown(of, value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        (_, Value::String(text)) => text.clone(),
        (_, value) => value.to_string(),
    }
}
