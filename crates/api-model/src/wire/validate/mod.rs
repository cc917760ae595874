//! Constraint validation: every violated rule, in the words of the service.

mod path;
mod sentence;
mod show;

use crate::schema::{Constraint, Kind, Member, Shape};

use super::value::Value;

use self::path::{Path, Step};

/// How many violations one message holds; the search stops there, so that a body of empty
/// elements is not answered by a message forty times its size.
/// Inferred: `DynamoDB`, behind the same front end, stops at ten; the number here is not known.
const MAX_VIOLATIONS: usize = 100;

/// Checks `value` against all constraints of `shape`, the input of an operation.
/// Members come in alphabetical order, and a member's own rules before those inside it. The member
/// `exempt` is not looked at.
/// # Errors
/// The message that names every violation.
/// Source: live texts of `SignUp` (amazon-cognito-identity-js#388) and `CreateUserPool`
/// (aws-cdk#14699).
pub(crate) fn validate(
    value: &Value,
    shape: &'static Shape,
    exempt: Option<&'static Member>,
) -> Result<(), String> {
    let mut walk = Walk {
        exempt,
        ..Walk::default()
    };
    walk.inside(value, shape);
    let violations = walk.violations.join("; ");
    match walk.violations.len() {
        0 => Ok(()),
        1 => Err(format!("1 validation error detected: {violations}")),
        count => Err(format!("{count} validation errors detected: {violations}")),
    }
}

#[derive(Default)]
struct Walk<'v> {
    path: Path<'v>,
    /// Whether something on the way down is sensitive as a whole.
    is_hidden: bool,
    violations: Vec<String>,
    /// A member that is not looked at.
    exempt: Option<&'static Member>,
}

impl<'v> Walk<'v> {
    fn members(&mut self, values: &'v [Option<Value>], members: &'static [Member]) {
        for (member, value) in members.iter().zip(values) {
            self.path.push(Step::Member(member));
            match value {
                Some(_)
                    if self
                        .exempt
                        .is_some_and(|exempt| std::ptr::eq(exempt, member)) => {}
                Some(value) => self.value(value, member.shape),
                None if member.required => {
                    self.report("Value null", &sentence::of(Constraint::Required));
                }
                None => {}
            }
            self.path.pop();
        }
    }

    fn value(&mut self, value: &'v Value, shape: &'static Shape) {
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

    fn inside(&mut self, value: &'v Value, shape: &'static Shape) {
        match (value, &shape.kind) {
            (Value::Structure(values), Kind::Structure { members }) => {
                self.members(values, members);
            }
            (Value::List(elements), Kind::List { element, .. }) => {
                if any_breaks(elements, element) {
                    self.refuse(value, shape, &sentence::of_each("Member", element));
                }
                for (position, item) in (1..).zip(elements) {
                    self.item(Step::Element(position), item, element);
                }
            }
            (Value::Map(entries), Kind::Map { key, value: of, .. }) => {
                if any_breaks(entries.iter().map(|(key, _)| key), key) {
                    self.refuse(value, shape, &sentence::of_each("Map keys", key));
                }
                if any_breaks(entries.iter().map(|(_, entry)| entry), of) {
                    self.refuse(value, shape, &sentence::of_each("Map value", of));
                }
                for (key, entry) in entries {
                    self.item(Step::Entry(key.as_text()), entry, of);
                }
            }
            _ => {}
        }
    }

    /// Checks what is inside a structure that is an element of a list or a value of a map.
    fn item(&mut self, step: Step<'v>, item: &'v Value, shape: &'static Shape) {
        if matches!(shape.kind, Kind::Structure { .. }) && !self.is_full() {
            self.path.push(step);
            self.inside(item, shape);
            self.path.pop();
        }
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

fn any_breaks<'v>(values: impl IntoIterator<Item = &'v Value>, shape: &Shape) -> bool {
    let mut values = values.into_iter();
    values.any(|value| {
        !shape
            .constraints()
            .all(|constraint| holds(constraint, value))
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

#[cfg(test)]
mod tests {
    use crate::schema::Bounds;
    use crate::wire::Pattern;
    use crate::wire::read::read_body;

    use super::*;

    static PASSWORD_PATTERN: Pattern = Pattern::new(r"[\S]+");
    static USERNAME_PATTERN: Pattern = Pattern::new(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+");
    static PASSWORD: Shape = Shape::hidden(
        "PasswordType",
        Kind::String {
            length: Bounds::between(6, 256),
            pattern: Some(&PASSWORD_PATTERN),
        },
    );
    static USERNAME: Shape = Shape::hidden(
        "UsernameType",
        Kind::String {
            length: Bounds::between(1, 128),
            pattern: Some(&USERNAME_PATTERN),
        },
    );
    /// `SignUp` as the service checked it in 2017.
    static SIGN_UP: Shape = Shape::new(
        "SignUpRequest",
        Kind::Structure {
            members: &[
                Member::optional("Password", &PASSWORD),
                Member::required("Username", &USERNAME),
            ],
        },
    );

    /// Source: amazon-cognito-identity-js#388, word for word.
    #[test]
    fn the_message_of_a_blank_sign_up_is_that_of_the_live_service() {
        let body = br#"{"Username":"","Password":""}"#;
        let value = read_body(body, &SIGN_UP).unwrap();
        assert_eq!(
            validate(&value, &SIGN_UP, None).unwrap_err(),
            "4 validation errors detected: Value at 'password' failed to satisfy constraint: \
             Member must have length greater than or equal to 6; \
             Value at 'password' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\S]+; \
             Value at 'username' failed to satisfy constraint: \
             Member must have length greater than or equal to 1; \
             Value at 'username' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
        );
    }

    #[test]
    fn an_exempt_member_is_not_looked_at_and_its_neighbours_are() {
        let body = br#"{"Username":"","Password":""}"#;
        let value = read_body(body, &SIGN_UP).unwrap();
        let (username, _) = value.member(&SIGN_UP, "Username").unwrap();
        let text = validate(&value, &SIGN_UP, Some(username)).unwrap_err();
        assert!(text.starts_with("2 validation errors"), "{text}");
        assert!(
            text.contains("'password'") && !text.contains("'username'"),
            "{text}"
        );
        let absent = read_body(br#"{"Password":"x y"}"#, &SIGN_UP).unwrap();
        assert!(absent.member(&SIGN_UP, "Username").is_none());
    }
}
