//! The page that asks for a code of an authenticator app.

use askama::Template;

use crate::frame::{Branding, Frame, Problem, samples};
use crate::page::Page;

/// The page that asks for a code of an authenticator app.
#[derive(Clone, Debug, Template)]
#[template(path = "second_factor.html")]
pub struct SecondFactorPage {
    /// What is around the content.
    pub frame: Frame,
    /// Where the form goes: `/mfa` with the query of the request.
    pub action: String,
    /// Where to sign in as somebody else.
    pub sign_in_path: String,
    /// Why the last code was refused, or why the page is shown again.
    pub problem: Option<Problem>,
}

impl Page for SecondFactorPage {
    fn samples() -> Vec<Self> {
        let fresh = Self {
            frame: samples::frame(),
            action: "/mfa?client_id=1example23456789&response_type=code".to_owned(),
            sign_in_path: "/login?client_id=1example23456789&response_type=code".to_owned(),
            problem: None,
        };
        vec![
            fresh.clone(),
            Self {
                problem: Some(samples::refusal("Invalid code received for user")),
                ..fresh.clone()
            },
            Self {
                problem: Some(samples::setback("The server is busy.")),
                ..fresh.clone()
            },
            Self {
                frame: samples::branded_frame(),
                ..fresh.clone()
            },
            Self {
                frame: samples::hostile_frame(),
                action: samples::HOSTILE.to_owned(),
                sign_in_path: samples::HOSTILE.to_owned(),
                problem: Some(samples::refusal(samples::HOSTILE)),
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_offer_the_code_and_its_keyboard() {
        let html = SecondFactorPage::samples()[0].to_html().unwrap();
        for part in [
            r#"name="totpCode""#,
            r#"inputmode="numeric""#,
            r#"autocomplete="one-time-code""#,
            r#"name="_csrf" value="6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64""#,
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
    }

    #[test]
    fn a_refusal_is_announced_and_tied_to_the_field() {
        let html = SecondFactorPage::samples()[1].to_html().unwrap();
        assert!(html.contains("<title>Error: Enter your code"));
        assert!(html.contains(r#"role="alert">Invalid code received for user</p>"#));
        assert!(html.contains(r#"aria-describedby="codeHint loginErrorMessage""#));
        assert!(html.contains(r#"aria-invalid="true""#));
        let fresh = SecondFactorPage::samples()[0].to_html().unwrap();
        assert!(fresh.contains(r#"aria-describedby="codeHint""#));
        assert!(!fresh.contains("role=\"alert\"") && !fresh.contains("aria-invalid"));
    }
}
