//! What stands behind the name of an operation.

use super::call::{Answer, Call};

/// What stands behind the name of an operation.
pub(crate) enum Door {
    /// It is served.
    Served(Served),
    /// It is not served yet; the text names the feature it belongs to.
    Missing(&'static str),
}

/// An operation that is served.
pub(crate) struct Served {
    /// Answers a call.
    pub(crate) entry: for<'a> fn(&'a Call<'a>) -> Answer<'a>,
    /// What becomes of each member of the input.
    pub(crate) members: &'static [(&'static str, Member)],
}

/// What becomes of a member of an operation's input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// It does what it does at the service.
    Obeyed,
    /// It is accepted, and kept where the answer repeats it; nothing acts on it yet, which weakens
    /// nothing. The text says what does not happen.
    Harmless(&'static str),
    /// While it is set, the flow that would have to obey it refuses. The text says which.
    Refusing(&'static str),
}
