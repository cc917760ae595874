//! The rules on values, and where in an input they hold.

use std::iter;

use super::{Kind, Member, Pattern, Shape};

/// One rule that a value can break.
#[derive(Clone, Copy, Debug)]
pub enum Constraint {
    /// The member must be there.
    Required,
    /// Fewest characters, bytes, elements or entries.
    MinLength(i64),
    /// Most characters, bytes, elements or entries.
    MaxLength(i64),
    /// The least number.
    MinValue(i64),
    /// The greatest number.
    MaxValue(i64),
    /// The text is one of these.
    Enum(&'static [&'static str]),
    /// The whole text matches.
    Pattern(&'static Pattern),
}

/// What a constraint is about, seen from the member it is reported at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The value of the member itself.
    Member,
    /// Each element of the list.
    Element,
    /// Each key of the map.
    MapKey,
    /// Each value of the map.
    MapValue,
}

/// A constraint and where in the input of an operation it holds.
#[derive(Clone, Debug)]
pub struct ConstraintAt {
    /// The member names from the root of the input down; a list or map of structures on the
    /// way is followed by `*`.
    pub path: Vec<&'static str>,
    /// What of the member it is about.
    pub target: Target,
    /// The rule.
    pub constraint: Constraint,
    /// The shape that carries the rule; for [`Constraint::Required`] that of the member.
    pub shape: &'static Shape,
}

impl Shape {
    /// The rules on a value of this shape itself, in the order they are reported in.
    /// Source: the live `SignUp` sample, minimum length before pattern.
    /// Inferred: the upper bound follows the lower one; no value can break both.
    pub fn constraints(&self) -> impl Iterator<Item = Constraint> {
        let (lower, upper) = self.bounds();
        [lower, upper, self.text_rule()].into_iter().flatten()
    }

    /// The same rules in the order of the bracket lists for elements, keys and values.
    /// Source: the live text for a map value (aws-cdk#31795), maximum before minimum.
    pub fn bracketed_constraints(&self) -> impl Iterator<Item = Constraint> {
        let (lower, upper) = self.bounds();
        [upper, lower, self.text_rule()].into_iter().flatten()
    }

    /// Every rule on the members of this structure, at any depth.
    pub fn nested_constraints(&self) -> Vec<ConstraintAt> {
        let mut found = Vec::new();
        collect(self.members(), &mut Vec::new(), &mut found);
        found
    }

    fn bounds(&self) -> (Option<Constraint>, Option<Constraint>) {
        match self.kind {
            Kind::String { length, .. }
            | Kind::Blob { length }
            | Kind::List { length, .. }
            | Kind::Map { length, .. } => (
                length.min.map(Constraint::MinLength),
                length.max.map(Constraint::MaxLength),
            ),
            Kind::Integer { range } | Kind::Long { range } => (
                range.min.map(Constraint::MinValue),
                range.max.map(Constraint::MaxValue),
            ),
            Kind::Enum { .. }
            | Kind::Boolean
            | Kind::Timestamp
            | Kind::Structure { .. }
            | Kind::Document => (None, None),
        }
    }

    fn text_rule(&self) -> Option<Constraint> {
        match self.kind {
            Kind::String { pattern, .. } => pattern.map(Constraint::Pattern),
            Kind::Enum { values } => Some(Constraint::Enum(values)),
            _ => None,
        }
    }
}

fn collect(
    members: &'static [Member],
    path: &mut Vec<&'static str>,
    found: &mut Vec<ConstraintAt>,
) {
    for member in members {
        path.push(member.name);
        let required = member.required.then_some(Constraint::Required);
        let own = required.into_iter().chain(member.shape.constraints());
        add(own, Target::Member, member.shape, path, found);
        collect_inside(member.shape, path, found);
        path.pop();
    }
}

fn collect_inside(
    shape: &'static Shape,
    path: &mut Vec<&'static str>,
    found: &mut Vec<ConstraintAt>,
) {
    match shape.kind {
        Kind::Structure { members } => collect(members, path, found),
        Kind::List { element, .. } => collect_items(element, Target::Element, path, found),
        Kind::Map { key, value, .. } => {
            add(
                key.bracketed_constraints(),
                Target::MapKey,
                key,
                path,
                found,
            );
            collect_items(value, Target::MapValue, path, found);
        }
        _ => {}
    }
}

fn collect_items(
    item: &'static Shape,
    target: Target,
    path: &mut Vec<&'static str>,
    found: &mut Vec<ConstraintAt>,
) {
    add(item.bracketed_constraints(), target, item, path, found);
    path.push("*");
    collect(item.members(), path, found);
    path.pop();
}

fn add(
    constraints: impl IntoIterator<Item = Constraint>,
    target: Target,
    shape: &'static Shape,
    path: &[&'static str],
    found: &mut Vec<ConstraintAt>,
) {
    found.extend(
        iter::zip(constraints, iter::repeat(path.to_vec())).map(|(constraint, path)| {
            ConstraintAt {
                path,
                target,
                constraint,
                shape,
            }
        }),
    );
}
