//! The page that a link in a mail leads to.

use askama::Template;

use crate::frame::{Branding, samples};
use crate::page::Page;

/// The page that says what became of a confirmation by link.
#[derive(Clone, Debug, Template)]
#[template(path = "confirmation.html")]
pub struct ConfirmationPage {
    /// What became of it.
    pub outcome: Confirmation,
    /// How the owner of the pool wants the page to look.
    pub branding: Option<Branding>,
    /// Whether developers see the way to their tools.
    pub is_dev: bool,
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

    /// What happened.
    /// Inferred: the text for success, which is said to be the service's.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Done => "Your registration has been confirmed!",
            Self::DoneBefore => "Your registration was already confirmed",
            Self::Expired => "This link no longer works",
            Self::Invalid => "This link is not valid",
            Self::AddressTaken => "This email address is already in use",
            Self::TooManyTries => "Too many attempts",
        }
    }

    /// What to do now.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Done | Self::DoneBefore => {
                "You can close this page, go back to the application and sign in."
            }
            Self::Expired => {
                "A link works once, for 24 hours, until a newer one is sent. Use the newest mail, \
                 or ask for another link in the application where you signed up."
            }
            Self::Invalid => {
                "Part of it may be missing: some mail programs break long links. Copy the whole \
                 link from the mail, or ask for another in the application where you signed up."
            }
            Self::AddressTaken => {
                "Another account has confirmed it. Go back to the application and sign in with \
                 that account, or sign up with another address."
            }
            Self::TooManyTries => "Please wait for an hour, then follow the link again.",
        }
    }
}

impl Page for ConfirmationPage {
    fn samples() -> Vec<Self> {
        let page = |outcome| {
            [true, false].map(|is_dev| Self {
                outcome,
                branding: is_dev.then(samples::branding),
                is_dev,
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
            assert!(html.contains(page.outcome.heading()), "{html}");
        }
    }
}
