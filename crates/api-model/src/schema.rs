//! The shapes of the API model as data: what the reader, the validation and tests walk over.

use std::iter;

pub use crate::wire::Pattern;

/// A shape of the model.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the model, for example `UsernameType`.
    pub name: &'static str,
    /// Whether validation messages leave the value out.
    /// It is so for what the model marks sensitive, apart from the overrides of the generator.
    pub hides_value: bool,
    /// What values it has.
    pub kind: Kind,
}

/// What values a shape has.
#[derive(Debug)]
pub enum Kind {
    /// Text.
    String {
        /// Length in characters.
        length: Bounds,
        /// What the whole text must match.
        pattern: Option<&'static Pattern>,
    },
    /// Text out of a fixed set.
    Enum {
        /// The set, in the order of the model.
        values: &'static [&'static str],
    },
    /// A whole number of 32 bits.
    Integer {
        /// The range.
        range: Bounds,
    },
    /// A whole number of 64 bits.
    Long {
        /// The range.
        range: Bounds,
    },
    /// `true` or `false`.
    Boolean,
    /// Seconds since the epoch, with a fraction.
    Timestamp,
    /// Bytes, base64 on the wire.
    Blob {
        /// Length in bytes.
        length: Bounds,
    },
    /// A list.
    List {
        /// Number of elements.
        length: Bounds,
        /// Shape of each element.
        element: &'static Shape,
    },
    /// A map with text keys.
    Map {
        /// Number of entries.
        length: Bounds,
        /// Shape of each key.
        key: &'static Shape,
        /// Shape of each value.
        value: &'static Shape,
    },
    /// A structure.
    Structure {
        /// Its members, in alphabetical order of their paths.
        members: &'static [Member],
    },
    /// Any JSON value.
    Document,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire, for example `ClientId`.
    pub name: &'static str,
    /// Whether an input without it is refused.
    pub required: bool,
    /// Its shape.
    pub shape: &'static Shape,
}

/// A lower and an upper bound, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least allowed.
    pub min: Option<i64>,
    /// The most allowed.
    pub max: Option<i64>,
}

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

impl Member {
    pub(crate) const fn required(name: &'static str, shape: &'static Shape) -> Self {
        Self {
            name,
            required: true,
            shape,
        }
    }

    pub(crate) const fn optional(name: &'static str, shape: &'static Shape) -> Self {
        Self {
            name,
            required: false,
            shape,
        }
    }

    /// The name in validation messages: that of the wire with its first letter in lower case.
    /// Source: the live paths `callbackURLs`, `schema.1.member.name`.
    pub fn path(&self) -> String {
        let mut path = self.name.to_owned();
        if let Some(first) = path.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        path
    }
}

impl Bounds {
    /// No bounds.
    pub const NONE: Self = Self {
        min: None,
        max: None,
    };

    /// Both bounds.
    pub const fn between(min: i64, max: i64) -> Self {
        Self {
            min: Some(min),
            max: Some(max),
        }
    }

    /// A lower bound only.
    pub const fn at_least(min: i64) -> Self {
        Self {
            min: Some(min),
            max: None,
        }
    }

    /// An upper bound only.
    pub const fn at_most(max: i64) -> Self {
        Self {
            min: None,
            max: Some(max),
        }
    }
}

impl Shape {
    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            hides_value: false,
            kind,
        }
    }

    /// A shape whose values stay out of messages.
    pub(crate) const fn hidden(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            hides_value: true,
            kind,
        }
    }

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

    /// The members of a structure; none for any other shape.
    pub fn members(&self) -> &'static [Member] {
        match self.kind {
            Kind::Structure { members } => members,
            _ => &[],
        }
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
