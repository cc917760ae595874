//! The page that takes the code of a sign-up.

use askama::Template;

use crate::frame::{Branding, Frame, Problem, samples};
use crate::page::Page;
use crate::sign_in_page::NameKind;

/// The page that takes the code of a sign-up, and sends another.
///
/// Source: names and ids of the classic hosted page, as scripts that drive it and the service's
/// own logs have them.
#[derive(Clone, Debug, Template)]
#[template(path = "confirm_sign_up.html")]
pub struct ConfirmSignUpPage {
    /// What is around the content.
    pub frame: Frame,
    /// Where the code goes: `/confirm` with the query of the request.
    pub action: String,
    /// Where another code is asked for: `/resendcode` with the query of the request.
    pub resend_action: String,
    /// Where to sign in.
    pub sign_in_path: String,
    /// What a user types as name.
    pub name_kind: NameKind,
    /// How the code came.
    pub way: CodeWay,
    /// Why the last attempt failed, or why the page is shown again.
    pub problem: Option<Problem>,
}

/// How the code of a sign-up came to who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeWay {
    /// It was sent to this address or number.
    Sent(String),
    /// A link was sent to this address.
    Link(String),
    /// The page does not know whose code it is, and asks for the name.
    Unknown {
        /// The name, filled in.
        username: String,
    },
}

impl ConfirmSignUpPage {
    fn lead(&self) -> String {
        let (message, destination) = match &self.way {
            CodeWay::Sent(to) => ("confirm-lead-code", to.as_str()),
            CodeWay::Link(to) => ("confirm-lead-link", to.as_str()),
            CodeWay::Unknown { .. } => ("confirm-lead-unknown", ""),
        };
        self.frame.text_with(message, "destination", destination)
    }

    fn is_link(&self) -> bool {
        matches!(self.way, CodeWay::Link(_))
    }
}

impl Page for ConfirmSignUpPage {
    fn samples() -> Vec<Self> {
        let fresh = Self {
            frame: samples::frame(),
            action: "/confirm?client_id=1example23456789".to_owned(),
            resend_action: "/resendcode?client_id=1example23456789".to_owned(),
            sign_in_path: "/login?client_id=1example23456789".to_owned(),
            name_kind: NameKind::Username,
            way: CodeWay::Sent("j***@e***".to_owned()),
            problem: None,
        };
        let unknown = |username: &str| CodeWay::Unknown {
            username: username.to_owned(),
        };
        vec![
            fresh.clone(),
            Self {
                problem: Some(samples::refusal("Invalid verification code provided.")),
                ..fresh.clone()
            },
            Self {
                frame: samples::frame_with_note("Another code was sent."),
                way: CodeWay::Link("j***@e***".to_owned()),
                ..fresh.clone()
            },
            Self {
                way: unknown("jane"),
                problem: Some(samples::setback("The page was open for too long.")),
                ..fresh.clone()
            },
            Self {
                frame: samples::hostile_frame(),
                action: samples::HOSTILE.to_owned(),
                resend_action: samples::HOSTILE.to_owned(),
                sign_in_path: samples::HOSTILE.to_owned(),
                way: unknown(samples::HOSTILE),
                problem: Some(samples::refusal(samples::HOSTILE)),
                ..fresh.clone()
            },
            Self {
                frame: samples::hostile_frame(),
                way: CodeWay::Sent(samples::HOSTILE.to_owned()),
                ..fresh
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_has_the_names_and_ids_that_scripts_use() {
        let html = ConfirmSignUpPage::samples()[0].to_html().unwrap();
        for part in [
            r#"<input id="verification_code""#,
            r#"name="code" type="text""#,
            r#"autocomplete="one-time-code""#,
            r#"name="confirm" type="submit">Confirm account</button>"#,
            r#"formaction="/resendcode?client_id"#,
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
        assert!(html.contains("We sent a code to j***@e***."));
        assert!(!html.contains(r#"name="username""#), "it is known who");
    }

    #[test]
    fn who_is_sent_a_link_is_asked_for_no_code() {
        let html = ConfirmSignUpPage::samples()[2].to_html().unwrap();
        assert!(html.contains("We sent a link to j***@e***."));
        assert!(!html.contains("verification_code"));
        assert!(html.contains(r#"role="status">Another code was sent.</p>"#));
    }

    #[test]
    fn a_page_that_does_not_know_whose_code_it_is_asks() {
        let html = ConfirmSignUpPage::samples()[3].to_html().unwrap();
        assert!(html.contains(r#"name="username" type="text""#));
        assert!(html.contains(r#"value="jane""#));
    }
}
