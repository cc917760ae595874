//! Constraint validation: every violated rule, in the words of the service.

mod sentence;
mod show;

use crate::schema::{Constraint, Kind, Member, Shape};

use super::value::Value;

/// How many violations one message holds; the search stops there, so that a body of empty
/// elements is not answered by a message forty times its size.
/// Inferred: `DynamoDB`, behind the same front end, stops at ten; the number here is not known.
const MAX_VIOLATIONS: usize = 100;

/// Checks `value` against all constraints of `shape`, the input of an operation.
/// Members come in alphabetical order, and a member's own rules before those inside it.
/// # Errors
/// The message that names every violation.
/// Source: live texts of `SignUp` (amazon-cognito-identity-js#388) and `CreateUserPool`
/// (aws-cdk#14699).
pub(crate) fn validate(value: &Value, shape: &Shape) -> Result<(), String> {
    let mut walk = Walk::default();
    walk.inside(value, shape);
    let violations = walk.violations.join("; ");
    match walk.violations.len() {
        0 => Ok(()),
        1 => Err(format!("1 validation error detected: {violations}")),
        count => Err(format!("{count} validation errors detected: {violations}")),
    }
}

#[derive(Default)]
struct Walk {
    path: String,
    /// Whether something on the way down is sensitive as a whole.
    is_hidden: bool,
    violations: Vec<String>,
}

impl Walk {
    fn members(&mut self, values: &[Option<Value>], members: &[Member]) {
        for (member, value) in members.iter().zip(values) {
            let outer = self.descend(&member.path());
            match value {
                Some(value) => self.value(value, member.shape),
                None if member.required => {
                    self.report("Value null", &sentence::of(Constraint::Required));
                }
                None => {}
            }
            self.path.truncate(outer);
        }
    }

    fn value(&mut self, value: &Value, shape: &Shape) {
        for constraint in shape.constraints() {
            if !holds(constraint, value) {
                self.refuse(value, shape, &sentence::of(constraint));
            }
        }
        let outer = self.is_hidden;
        self.is_hidden |= shape.hides_value;
        self.inside(value, shape);
        self.is_hidden = outer;
    }

    fn inside(&mut self, value: &Value, shape: &Shape) {
        match (value, &shape.kind) {
            (Value::Structure(values), Kind::Structure { members }) => {
                self.members(values, members);
            }
            (Value::List(elements), Kind::List { element, .. }) => {
                if any_breaks(elements.iter(), element) {
                    self.refuse(value, shape, &sentence::of_each("Member", element));
                }
                for (position, item) in (1_usize..).zip(elements) {
                    self.item(position, item, element);
                }
            }
            (
                Value::Map(entries),
                Kind::Map {
                    key, value: inner, ..
                },
            ) => {
                if any_breaks(entries.iter().map(|(key, _)| key), key) {
                    self.refuse(value, shape, &sentence::of_each("Map keys", key));
                }
                if any_breaks(entries.iter().map(|(_, inner)| inner), inner) {
                    self.refuse(value, shape, &sentence::of_each("Map value", inner));
                }
                for (name, item) in entries {
                    self.item(
                        show::Shown {
                            value: name,
                            shape: key,
                        },
                        item,
                        inner,
                    );
                }
            }
            _ => {}
        }
    }

    /// Checks what is inside a structure that is an element of a list or a value of a map.
    fn item(&mut self, name: impl std::fmt::Display, item: &Value, shape: &Shape) {
        if !matches!(shape.kind, Kind::Structure { .. }) || self.is_full() {
            return;
        }
        let outer = self.descend(&format!("{name}.member"));
        self.inside(item, shape);
        self.path.truncate(outer);
    }

    /// Goes one step down and gives the length of the path to come back to.
    fn descend(&mut self, step: &str) -> usize {
        let outer = self.path.len();
        if outer > 0 {
            self.path.push('.');
        }
        self.path.push_str(step);
        outer
    }

    fn refuse(&mut self, value: &Value, shape: &Shape, sentence: &str) {
        if self.is_hidden || shape.hides_value {
            self.report("Value", sentence);
        } else {
            let subject = format!("Value '{}'", show::Shown { value, shape });
            self.report(&subject, sentence);
        }
    }

    fn report(&mut self, subject: &str, sentence: &str) {
        if !self.is_full() {
            self.violations.push(format!(
                "{subject} at '{}' failed to satisfy constraint: {sentence}",
                self.path
            ));
        }
    }

    fn is_full(&self) -> bool {
        self.violations.len() >= MAX_VIOLATIONS
    }
}

fn any_breaks<'v>(mut values: impl Iterator<Item = &'v Value>, shape: &Shape) -> bool {
    let constraints = shape.bracketed_constraints();
    values.any(|value| {
        !constraints
            .iter()
            .all(|constraint| holds(*constraint, value))
    })
}

fn holds(constraint: Constraint, value: &Value) -> bool {
    match (constraint, value) {
        (Constraint::MinLength(least), value) => length(value) >= least,
        (Constraint::MaxLength(most), value) => length(value) <= most,
        (Constraint::MinValue(least), Value::Integer(number)) => *number >= least,
        (Constraint::MaxValue(most), Value::Integer(number)) => *number <= most,
        (Constraint::Enum(values), Value::String(text)) => values.contains(&text.as_str()),
        (Constraint::Pattern(pattern), Value::String(text)) => pattern.matches(text),
        (Constraint::Required, _) => true,
        _ => false,
    }
}

/// Characters, bytes, elements or entries.
/// Source: Smithy specification, "length trait": a string counts Unicode scalar values.
/// Inferred: that the service does so too and does not count the UTF-16 units of Java.
fn length(value: &Value) -> i64 {
    let length = match value {
        Value::String(text) => text.chars().count(),
        Value::Blob(bytes) => bytes.len(),
        Value::List(elements) => elements.len(),
        Value::Map(entries) => entries.len(),
        _ => 0,
    };
    i64::try_from(length).unwrap_or(i64::MAX)
}
