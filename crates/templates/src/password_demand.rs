//! What is demanded of a new password, as a page lists it: template `password_demands.html`.

/// A demand, and whether the password that was typed last meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordDemand {
    /// What is demanded.
    pub text: String,
    /// Whether it was met.
    pub verdict: Verdict,
}

/// Whether a demand was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No password was looked at yet.
    Open,
    /// The password met it.
    Met,
    /// The password did not meet it.
    Unmet,
}

impl PasswordDemand {
    /// The class of its line: the owner of the pool may give both looks of their own.
    /// Source: AWS page "Customizing hosted UI (classic) branding", classes.
    pub fn class(&self) -> &'static str {
        match self.verdict {
            Verdict::Open => "demand",
            Verdict::Met => "demand demand-met passwordCheck-valid-customizable",
            Verdict::Unmet => "demand demand-unmet passwordCheck-notValid-customizable",
        }
    }

    /// The message that says the verdict to who does not see colours.
    pub fn verdict_message(&self) -> Option<&'static str> {
        match self.verdict {
            Verdict::Open => None,
            Verdict::Met => Some("password-demand-met"),
            Verdict::Unmet => Some("password-demand-unmet"),
        }
    }
}

/// Demands for samples of pages.
pub(crate) mod samples {
    use super::{PasswordDemand, Verdict};

    /// One demand of each verdict, or all open.
    pub(crate) fn demands(are_judged: bool) -> Vec<PasswordDemand> {
        let demand = |text: &str, verdict| PasswordDemand {
            text: text.to_owned(),
            verdict: if are_judged { verdict } else { Verdict::Open },
        };
        vec![
            demand("At least 8 characters", Verdict::Met),
            demand("A number", Verdict::Unmet),
        ]
    }
}
