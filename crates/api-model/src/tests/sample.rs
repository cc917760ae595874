//! Inputs made from the schema: valid ones, and ones that break a single rule.

use serde_json::{Value, json};

use crate::schema::{Constraint, ConstraintAt, Kind, Shape, Target};

/// What stands in sensitive members, so that a test can look for it.
pub(super) const SECRETS: [&str; 2] = ["Hush0Hush0Hush0Hush0Hush0", "133742"];

/// Texts of which one satisfies each shape of the model.
const TEXTS: [&str; 17] = [
    "sample",
    "someone@example.com",
    "123456789012",
    "us-east-1_0123456789",
    "0f8fad5b-d9cb-469f-a165-70867728950e",
    "us-east-1_0f8fad5b-d9cb",
    "arn:aws:iam::123456789012:role/sample",
    "arn:aws:s3:::sample",
    "Level1",
    "cognito:default",
    "terms-of-use",
    "import-1",
    "deadbeef",
    "Your code is {####}",
    "{##Verify##} your address",
    "tknabcdefghijklmnopqrstuvwxy",
    "sample text of more than twenty characters",
];

/// Texts of which one breaks each pattern that can be broken.
const UNFIT_TEXTS: [&str; 5] = [
    " Hush0 Hush0 Hush0 Hush0 Hush0 ",
    "Hush0!",
    "\u{85}",
    "#",
    " ",
];

/// Makes a valid value with every member filled.
pub(super) fn valid(shape: &Shape) -> Value {
    valid_below(shape, false)
}

/// The same for a shape inside one that may be sensitive as a whole.
fn valid_below(shape: &Shape, is_hidden: bool) -> Value {
    let is_hidden = is_hidden || shape.hides_value;
    match shape.kind {
        Kind::String { .. } => json!(text(shape, is_hidden)),
        Kind::Enum { values } => json!(values[0]),
        Kind::Integer { range } | Kind::Long { range } => {
            json!(range.min.or(range.max).unwrap_or(1))
        }
        Kind::Boolean => json!(true),
        Kind::Timestamp => json!(1_477_662_772.246),
        Kind::Blob { .. } => json!("c2FtcGxl"),
        Kind::List { element, .. } => json!([valid_below(element, is_hidden)]),
        Kind::Map { key, value, .. } => {
            json!({ text(key, is_hidden): valid_below(value, is_hidden) })
        }
        Kind::Structure { members } => {
            let members = members.iter().map(|member| {
                let value = valid_below(member.shape, is_hidden);
                (member.name.to_owned(), value)
            });
            Value::Object(members.collect())
        }
        Kind::Document => json!({ "any": [1, null] }),
    }
}

/// Makes the input of a valid request that breaks only `rule`; `None` when nothing can break it.
pub(super) fn breaking(input: &Shape, rule: &ConstraintAt) -> Option<Value> {
    let mut body = valid(input);
    let (last, way) = rule.path.split_last()?;
    let parent = way
        .iter()
        .fold(&mut body, |value, step| descend(value, step));
    if matches!(rule.constraint, Constraint::Required) {
        parent.as_object_mut()?.remove(*last);
        return Some(body);
    }
    let unfit = unfit(rule)?;
    let member = descend(parent, last);
    match rule.target {
        Target::Member => *member = unfit,
        Target::Element => *member = json!([unfit]),
        Target::MapKey => {
            let value = member.as_object()?.values().next()?.clone();
            *member = json!({ unfit.as_str()?: value });
        }
        Target::MapValue => *member.as_object_mut()?.values_mut().next()? = unfit,
    }
    Some(body)
}

fn text(shape: &Shape, is_hidden: bool) -> &'static str {
    let candidates = SECRETS.iter().filter(|_| is_hidden).chain(&TEXTS);
    candidates
        .copied()
        .find(|text| shape.constraints().all(|rule| holds(rule, text)))
        .unwrap_or_else(|| panic!("no sample text for {}", shape.name))
}

fn holds(rule: Constraint, text: &str) -> bool {
    let length = i64::try_from(text.chars().count()).unwrap();
    match rule {
        Constraint::MinLength(least) => length >= least,
        Constraint::MaxLength(most) => length <= most,
        Constraint::Pattern(pattern) => pattern.matches(text),
        _ => true,
    }
}

/// Follows one step of the path of a rule; `*` is the only item of a list or a map.
fn descend<'v>(value: &'v mut Value, step: &str) -> &'v mut Value {
    match step {
        "*" if value.is_array() => &mut value[0],
        "*" => value
            .as_object_mut()
            .and_then(|map| map.values_mut().next())
            .unwrap(),
        name => &mut value[name],
    }
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
        Kind::String { .. } => json!("Hush0".chars().cycle().take(length).collect::<String>()),
        Kind::Blob { .. } => json!(base64_of(length)),
        Kind::List { element, .. } => json!(vec![valid(element); length]),
        Kind::Map { value, .. } => {
            let keys = (0..length).map(|number| format!("Level{number}"));
            Value::Object(keys.map(|key| (key, valid(value))).collect())
        }
        _ => return None,
    })
}

fn base64_of(length: usize) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(vec![0; length])
}
