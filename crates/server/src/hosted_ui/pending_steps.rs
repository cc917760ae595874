//! The sign-ins of one browser that wait for their next step.
//!
//! Each tab may have one of its own, for another user or another application. All are in one
//! cookie, and the address of a page names the one that it is about: a form never answers for the
//! sign-in of another tab.

use poolhouse_crypto::hash;

/// The parameter by which an address names the step it is about.
pub(super) const PARAMETER: &str = "page_data";

/// How many sign-ins of one browser wait at once; the oldest gives way.
const MOST: usize = 4;

/// How many bytes of cookie they take at most; browsers keep 4096 with name and flags.
const MOST_BYTES: usize = 3500;

/// What the alphabet of the sealed texts leaves out.
const SEPARATOR: char = '.';

/// The sealed texts of the steps, the newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PendingSteps<'a>(Vec<&'a str>);

impl<'a> PendingSteps<'a> {
    /// Reads the value of a cookie.
    pub(super) fn read(value: Option<&'a str>) -> Self {
        let texts = value.unwrap_or_default().split(SEPARATOR);
        Self(texts.filter(|text| !text.is_empty()).collect())
    }

    /// Writes the value of a cookie; empty if nothing waits.
    pub(super) fn write(&self) -> String {
        self.0.join(&SEPARATOR.to_string())
    }

    /// The step that an address names.
    pub(super) fn named(&self, name: &str) -> Option<&'a str> {
        let mut texts = self.0.iter().copied();
        texts.find(|text| name_of(text) == name)
    }

    /// The step that began last, for an address that names none.
    pub(super) fn newest(&self) -> Option<&'a str> {
        self.0.last().copied()
    }

    /// These and one more; the oldest give way where there are too many.
    pub(super) fn with(mut self, text: &'a str) -> Self {
        self.0.push(text);
        while self.0.len() > 1 && (self.0.len() > MOST || self.write().len() > MOST_BYTES) {
            self.0.remove(0);
        }
        self
    }

    /// These without one.
    pub(super) fn without(mut self, text: &str) -> Self {
        self.0.retain(|kept| *kept != text);
        self
    }
}

/// The name of a step in an address; it tells nothing of the text.
pub(super) fn name_of(text: &str) -> String {
    let digest = hash::sha256(text.as_bytes());
    let first = std::array::from_fn(|index| digest[index]);
    format!("{:016x}", u64::from_be_bytes(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_found_by_its_name_and_the_newest_without() {
        let steps = PendingSteps::read(Some("one.two"));
        assert_eq!(steps.named(&name_of("one")), Some("one"));
        assert_eq!(steps.newest(), Some("two"));
        assert_eq!(steps.named(&name_of("three")), None);
        assert_eq!(steps.named(""), None);
        assert_eq!(name_of("one").len(), 16);
    }

    #[test]
    fn a_step_that_is_over_leaves_the_others() {
        let steps = PendingSteps::read(Some("one.two.three")).without("two");
        assert_eq!(steps.write(), "one.three");
        assert_eq!(steps.without("one").without("three").write(), "");
    }

    #[test]
    fn the_oldest_give_way() {
        let mut steps = PendingSteps::default();
        for text in ["a", "b", "c", "d", "e"] {
            steps = steps.with(text);
        }
        assert_eq!(steps.write(), "b.c.d.e");
        let long = "x".repeat(MOST_BYTES);
        assert_eq!(steps.with(&long).write(), long);
    }

    #[test]
    fn what_is_no_list_holds_nothing() {
        for value in [None, Some(""), Some("."), Some("....")] {
            assert_eq!(PendingSteps::read(value), PendingSteps::default());
        }
    }
}
