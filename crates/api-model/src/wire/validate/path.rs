//! The way from the root of an input to a member, as messages print it.

use std::fmt;

use crate::schema::Member;

/// One step down.
#[derive(Clone, Copy)]
pub(super) enum Step<'v> {
    /// Into a member of a structure.
    Member(&'static Member),
    /// Into a structure that is an element of a list; positions count from 1.
    Element(usize),
    /// Into a structure that is a value of a map.
    /// Inferred: the name of the key stands where a list has the position.
    Entry(&'v str),
}

/// The steps taken, printed when a violation is found and not before.
#[derive(Default)]
pub(super) struct Path<'v>(Vec<Step<'v>>);

impl<'v> Path<'v> {
    pub(super) fn push(&mut self, step: Step<'v>) {
        self.0.push(step);
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }
}

impl fmt::Display for Path<'_> {
    /// Source: the live paths `callbackURLs` and `schema.1.member.name`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, step) in self.0.iter().enumerate() {
            if depth > 0 {
                f.write_str(".")?;
            }
            match step {
                Step::Member(member) => f.write_str(&member.path())?,
                Step::Element(position) => write!(f, "{position}.member")?,
                Step::Entry(key) => write!(f, "{key}.member")?,
            }
        }
        Ok(())
    }
}
