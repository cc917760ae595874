//! The sign-in page.

use askama::Template;

use crate::frame::{Branding, Frame, Problem, samples};
use crate::page::Page;

/// The page that asks for name and password.
///
/// Source: field names and ids of the classic hosted page, as scripts that drive it use them. The
/// form is written once, where the classic page writes it twice.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// What is around the content.
    pub frame: Frame,
    /// Where the form goes: `/login` with the query of the request.
    pub action: String,
    /// What a user types as name.
    pub name_kind: NameKind,
    /// The name, filled in.
    pub username: String,
    /// Where to make an account, if anybody may.
    pub sign_up_path: Option<String>,
    /// Where to reset a forgotten password, if users may.
    pub forgot_password_path: Option<String>,
    /// Why the last attempt failed, or why the page is shown again.
    pub problem: Option<Problem>,
}

/// What a user of the pool types as name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// A user name.
    Username,
    /// An e-mail address.
    Email,
    /// A phone number.
    PhoneNumber,
    /// An e-mail address or a phone number.
    EmailOrPhoneNumber,
}

impl NameKind {
    /// The message that is the field's label.
    pub fn message(self) -> &'static str {
        match self {
            Self::Username => "name-username",
            Self::Email => "name-email",
            Self::PhoneNumber => "name-phone-number",
            Self::EmailOrPhoneNumber => "name-email-or-phone-number",
        }
    }

    /// Which keyboard a phone shows.
    pub fn input_mode(self) -> &'static str {
        match self {
            Self::Username => "text",
            Self::Email | Self::EmailOrPhoneNumber => "email",
            Self::PhoneNumber => "tel",
        }
    }
}

impl Page for SignInPage {
    fn samples() -> Vec<Self> {
        let fresh = Self {
            frame: samples::frame(),
            action: "/login?client_id=1example23456789&response_type=code".to_owned(),
            name_kind: NameKind::Username,
            username: String::new(),
            sign_up_path: Some("/signup?client_id=1example23456789".to_owned()),
            forgot_password_path: Some("/forgotPassword?client_id=1example23456789".to_owned()),
            problem: None,
        };
        vec![
            fresh.clone(),
            Self {
                name_kind: NameKind::Email,
                username: "jane@example.com".to_owned(),
                problem: Some(samples::refusal("Incorrect username or password.")),
                ..fresh.clone()
            },
            Self {
                name_kind: NameKind::PhoneNumber,
                sign_up_path: None,
                forgot_password_path: None,
                problem: Some(samples::setback("The page was open for too long.")),
                ..fresh.clone()
            },
            Self {
                frame: samples::branded_frame(),
                ..fresh.clone()
            },
            Self {
                frame: samples::hostile_frame(),
                action: samples::HOSTILE.to_owned(),
                name_kind: NameKind::EmailOrPhoneNumber,
                username: samples::HOSTILE.to_owned(),
                sign_up_path: Some(samples::HOSTILE.to_owned()),
                forgot_password_path: Some(samples::HOSTILE.to_owned()),
                problem: Some(samples::setback(samples::HOSTILE)),
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_has_the_names_and_ids_that_scripts_use() {
        let html = SignInPage::samples()[1].to_html().unwrap();
        for part in [
            r#"<form class="cognito-asf" name="cognitoSignInForm" method="post""#,
            r#"name="_csrf" value="6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64""#,
            r#"name="cognitoAsfData""#,
            r#"id="signInFormUsername""#,
            r#"name="username" type="text""#,
            r#"value="jane@example.com""#,
            r#"id="signInFormPassword""#,
            r#"name="password" type="password""#,
            r#"name="signInSubmitButton""#,
            r#"id="loginErrorMessage""#,
            "errorMessage-customizable",
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
    }

    #[test]
    fn a_refusal_is_announced_and_tied_to_both_fields() {
        let html = SignInPage::samples()[1].to_html().unwrap();
        assert!(html.contains("<title>Error: Sign in"));
        assert!(html.contains(r#"role="alert">Incorrect username or password.</p>"#));
        assert_eq!(
            html.matches(r#"aria-describedby="loginErrorMessage""#)
                .count(),
            2
        );
        assert_eq!(html.matches(r#"aria-invalid="true""#).count(), 2);
        let fresh = SignInPage::samples()[0].to_html().unwrap();
        assert!(!fresh.contains("role=\"alert\"") && !fresh.contains("aria-invalid"));
    }

    #[test]
    fn what_a_pool_does_not_offer_is_not_linked_to() {
        let open = SignInPage::samples()[0].to_html().unwrap();
        assert!(open.contains("Need an account?") && open.contains("Forgot your password?"));
        let closed = SignInPage::samples()[2].to_html().unwrap();
        assert!(!closed.contains("Sign up") && !closed.contains("Forgot"));
    }

    #[test]
    fn password_managers_find_their_way() {
        let html = SignInPage::samples()[0].to_html().unwrap();
        assert!(html.contains(r#"autocomplete="username""#));
        assert!(html.contains(r#"autocomplete="current-password""#));
    }
}
