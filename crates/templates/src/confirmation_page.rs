//! The page that a link in a mail leads to.

use askama::Template;

use crate::frame::{Branding, Frame, Problem, samples};
use crate::page::Page;

/// The page that says what became of a confirmation by link.
#[derive(Clone, Debug, Template)]
#[template(path = "confirmation.html")]
pub struct ConfirmationPage {
    frame: Frame,
    outcome: Confirmation,
    sign_in_path: Option<String>,
    problem: Option<Problem>,
}

/// What became of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// The user is confirmed now.
    Done,
    /// The user was confirmed before.
    DoneBefore,
    /// The link is too old, or a newer one was sent.
    Expired,
    /// The link is none of ours, or not whole.
    Invalid,
    /// The address was confirmed by another user.
    AddressTaken,
    /// There were too many tries.
    TooManyTries,
}

impl Confirmation {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Done,
        Self::DoneBefore,
        Self::Expired,
        Self::Invalid,
        Self::AddressTaken,
        Self::TooManyTries,
    ];

    /// Whether the user is confirmed.
    pub fn is_confirmed(self) -> bool {
        matches!(self, Self::Done | Self::DoneBefore)
    }

    /// The message that says what happened.
    /// Inferred: the text for success, which is said to be the service's.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Done => "confirmation-done",
            Self::DoneBefore => "confirmation-done-before",
            Self::Expired => "confirmation-expired",
            Self::Invalid => "confirmation-invalid",
            Self::AddressTaken => "confirmation-address-taken",
            Self::TooManyTries => "confirmation-too-many-tries",
        }
    }

    /// The message that says what to do now.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Done | Self::DoneBefore => "confirmation-advice-done",
            Self::Expired => "confirmation-advice-expired",
            Self::Invalid => "confirmation-advice-invalid",
            Self::AddressTaken => "confirmation-advice-address-taken",
            Self::TooManyTries => "confirmation-advice-too-many-tries",
        }
    }
}

impl ConfirmationPage {
    /// Makes the page: the advice is its note or its problem.
    pub fn new(frame: Frame, outcome: Confirmation, sign_in_path: Option<String>) -> Self {
        let advice = frame.text(outcome.advice());
        let (note, problem) = if outcome.is_confirmed() {
            (Some(advice), None)
        } else {
            let problem = Problem {
                text: advice,
                language: frame.language,
                is_refused: false,
            };
            (None, Some(problem))
        };
        Self {
            frame: Frame { note, ..frame },
            outcome,
            sign_in_path,
            problem,
        }
    }
}

impl Page for ConfirmationPage {
    fn samples() -> Vec<Self> {
        let page = |outcome| {
            [
                samples::frame(),
                samples::branded_frame(),
                samples::hostile_frame(),
            ]
            .map(|frame| {
                let sign_in_path = frame.is_dev.then(|| samples::HOSTILE.to_owned());
                Self::new(frame, outcome, sign_in_path)
            })
        };
        Confirmation::ALL.into_iter().flat_map(page).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_reader_is_told_of_success_and_of_failure() {
        for page in ConfirmationPage::samples() {
            let html = page.to_html().unwrap();
            let role = if page.outcome.is_confirmed() {
                "role=\"status\""
            } else {
                "role=\"alert\""
            };
            assert!(html.contains(role), "{html}");
            let heading = page.frame.text(page.outcome.heading());
            assert!(html.contains(&format!("<h1>{heading}</h1>")), "{html}");
        }
    }
}
