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

/// Verdicts by the name of the member.
pub(crate) type Members = [(&'static str, Member)];

/// Puts the verdicts that two operations share and those of one of them together. A wrong `N` does
/// not compile.
pub(crate) const fn joined<const N: usize>(
    shared: &Members,
    own: &Members,
) -> [(&'static str, Member); N] {
    let mut all = [("", Member::Obeyed); N];
    let mut at = 0;
    while at < N {
        all[at] = if at < shared.len() {
            shared[at]
        } else {
            own[at - shared.len()]
        };
        at += 1;
    }
    all
}
