//! Rules that hold for the input of each of the operations.

use std::collections::BTreeSet;

use crate::schema::{Constraint, ConstraintAt, Shape, Target};
use crate::{Operation, check};

use super::{refusal, sample};

#[test]
fn an_input_with_every_member_filled_is_accepted() {
    for operation in Operation::ALL {
        let body = sample::valid(operation.input()).to_string();
        assert_eq!(refusal(*operation, &body), "", "{operation:?} {body}");
    }
}

#[test]
fn an_output_with_every_member_filled_is_accepted() {
    for shape in Operation::ALL
        .iter()
        .filter_map(|operation| operation.output())
    {
        let body = sample::valid(shape).to_string();
        assert_eq!(check(body.as_bytes(), shape), Ok(()), "{body}");
    }
}

#[test]
fn an_empty_body_misses_exactly_the_required_members() {
    for operation in Operation::ALL {
        let members = operation.input_members().iter();
        let sentences: Vec<_> = members
            .filter(|member| member.required)
            .map(|member| null_at(&member.path()))
            .collect();
        let expected = match sentences.len() {
            0 => String::new(),
            1 => format!("1 validation error detected: {}", sentences[0]),
            count => format!(
                "{count} validation errors detected: {}",
                sentences.join("; ")
            ),
        };
        assert_eq!(refusal(*operation, ""), expected, "{operation:?}");
    }
}

#[test]
fn every_constraint_is_refused_at_its_place_and_no_other() {
    let mut count = 0;
    let mut long_texts = BTreeSet::new();
    for operation in Operation::ALL {
        for rule in operation.constraints() {
            // Texts of 100,000 characters are made once for each shape that takes them.
            let is_long = matches!(rule.constraint, Constraint::MaxLength(most) if most > 100_000);
            if is_long && !long_texts.insert(rule.shape.name) {
                continue;
            }
            let Some(body) = sample::breaking(operation.input(), &rule) else {
                assert!(is_unbreakable(&rule), "{operation:?} {rule:?}");
                continue;
            };
            let error = refusal(*operation, &body.to_string());
            let place = format!(" at '{}' failed to satisfy constraint: ", path_of(&rule));
            let (_, violations) = error.split_once(" detected: ").unwrap_or_default();
            let own = violations
                .split("; ")
                .filter(|violation| violation.contains(&place));
            assert_eq!(
                own.clone().count(),
                violations.split("; ").count(),
                "{error}"
            );
            let sentence = sentence_of(&rule);
            assert!(
                own.clone().any(|own| own.contains(&sentence)),
                "{rule:?} {error}"
            );
            count += 1;
        }
    }
    assert!(count > 1000, "only {count} constraints were tried");
}

#[test]
fn s67_no_violation_shows_a_sensitive_value() {
    let mut count = 0;
    for operation in Operation::ALL {
        for rule in operation.constraints() {
            if !(rule.shape.hides_value || operation.is_inside_hidden(&rule.path)) {
                continue;
            }
            let Some(body) = sample::breaking(operation.input(), &rule) else {
                continue;
            };
            let error = refusal(*operation, &body.to_string());
            assert!(error.contains(" detected: Value "), "{operation:?} {error}");
            let shows = error.contains("Hush0") || error.contains("133742");
            assert!(!shows, "{operation:?} {rule:?} {error}");
            count += 1;
        }
    }
    assert!(count > 250, "only {count} constraints were tried");
}

impl Operation {
    /// Whether a structure on the way to a member is sensitive as a whole.
    fn is_inside_hidden(self, path: &[&str]) -> bool {
        let first = path.first().copied().unwrap_or_default();
        let mut members = self.input_members().iter();
        members.any(|member| member.name == first && member.shape.hides_value)
    }
}

fn null_at(path: &str) -> String {
    format!("Value null at '{path}' failed to satisfy constraint: Member must not be null")
}

/// A pattern that matches everything, and lower bounds of nothing.
fn is_unbreakable(rule: &ConstraintAt) -> bool {
    match rule.constraint {
        Constraint::MinLength(least) => least == 0,
        Constraint::Pattern(pattern) => pattern.text() == "(?s).*",
        _ => false,
    }
}

fn path_of(rule: &ConstraintAt) -> String {
    let mut steps: Vec<String> = Vec::new();
    for (at, step) in rule.path.iter().enumerate() {
        let is_map = rule.path.get(at.wrapping_sub(1)) == Some(&"AcrConfiguration");
        steps.push(match *step {
            "*" if is_map => "Level1.member".to_owned(),
            "*" => "1.member".to_owned(),
            name => name[..1].to_ascii_lowercase() + &name[1..],
        });
    }
    steps.join(".")
}

fn sentence_of(rule: &ConstraintAt) -> String {
    let own = own_sentence(rule.constraint);
    match rule.target {
        Target::Member => own,
        Target::Element => format!("Member must satisfy constraint: [{}]", all_of(rule.shape)),
        Target::MapKey => format!("Map keys must satisfy constraint: [{}]", all_of(rule.shape)),
        Target::MapValue => format!(
            "Map value must satisfy constraint: [{}]",
            all_of(rule.shape)
        ),
    }
}

fn all_of(shape: &Shape) -> String {
    let sentences: Vec<_> = shape.bracketed_constraints().map(own_sentence).collect();
    sentences.join(", ")
}

fn own_sentence(constraint: Constraint) -> String {
    match constraint {
        Constraint::Required => "Member must not be null".to_owned(),
        Constraint::MinLength(n) => format!("Member must have length greater than or equal to {n}"),
        Constraint::MaxLength(n) => format!("Member must have length less than or equal to {n}"),
        Constraint::MinValue(n) => format!("Member must have value greater than or equal to {n}"),
        Constraint::MaxValue(n) => format!("Member must have value less than or equal to {n}"),
        Constraint::Enum(values) => {
            format!(
                "Member must satisfy enum value set: [{}]",
                values.join(", ")
            )
        }
        Constraint::Pattern(pattern) => format!(
            "Member must satisfy regular expression pattern: {}",
            pattern.text()
        ),
    }
}
