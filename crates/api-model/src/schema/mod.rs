//! The shapes of the API model as data: what the reader, the validation and tests walk over.

mod constraint;

pub use self::constraint::{Constraint, ConstraintAt, Target};
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

    /// The members of a structure; none for any other shape.
    pub fn members(&self) -> &'static [Member] {
        match self.kind {
            Kind::Structure { members } => members,
            _ => &[],
        }
    }
}
