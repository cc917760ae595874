//! The sentence that names a violated rule.

use crate::schema::{Constraint, Shape};

/// The sentence of one rule.
/// Source: live texts for all but the numeric bounds and enums, which are those of services
/// with the same front end.
pub(super) fn of(constraint: Constraint) -> String {
    match constraint {
        Constraint::Required => "Member must not be null".to_owned(),
        Constraint::MinLength(least) => {
            format!("Member must have length greater than or equal to {least}")
        }
        Constraint::MaxLength(most) => {
            format!("Member must have length less than or equal to {most}")
        }
        Constraint::MinValue(least) => {
            format!("Member must have value greater than or equal to {least}")
        }
        Constraint::MaxValue(most) => {
            format!("Member must have value less than or equal to {most}")
        }
        Constraint::Enum(values) => {
            format!(
                "Member must satisfy enum value set: [{}]",
                values.join(", ")
            )
        }
        Constraint::Pattern(pattern) => {
            format!(
                "Member must satisfy regular expression pattern: {}",
                pattern.text()
            )
        }
    }
}

/// The sentence for `subject`, the elements of a list or the keys or values of a map: it names
/// all rules on them, whichever was broken.
/// Source: aws-cdk#31795 (map value), aws-solutions/media-insights-on-aws#199 (list).
/// Inferred: keys, by services with the same front end.
pub(super) fn of_each(subject: &str, shape: &Shape) -> String {
    let sentences: Vec<_> = shape.bracketed_constraints().map(of).collect();
    format!(
        "{subject} must satisfy constraint: [{}]",
        sentences.join(", ")
    )
}
