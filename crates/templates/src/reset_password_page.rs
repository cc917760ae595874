//! The page that takes the code of a forgotten password, and a new one.

use askama::Template;

use crate::frame::{Branding, Frame, Problem, samples};
use crate::page::Page;
use crate::password_demand::{PasswordDemand, samples as demands};
use crate::sign_in_page::NameKind;

/// The page that takes the code of a forgotten password, and a new one.
///
/// Inferred: the names and ids of its fields.
#[derive(Clone, Debug, Template)]
#[template(path = "reset_password.html")]
pub struct ResetPasswordPage {
    /// What is around the content.
    pub frame: Frame,
    /// Where the form goes: `/confirmforgotPassword` with the query of the request.
    pub action: String,
    /// Where another code is asked for.
    pub forgot_password_path: String,
    /// Where to sign in with the password of before.
    pub sign_in_path: String,
    /// What a user types as name.
    pub name_kind: NameKind,
    /// The name, filled in.
    pub username: String,
    /// The code, filled in where it is still to be used.
    pub code: String,
    /// Where the code went, if this browser asked for it.
    pub destination: Option<String>,
    /// What is demanded of the password.
    pub demands: Vec<PasswordDemand>,
    /// The field that was refused: `username`, `code`, `password` or `confirm_password`.
    pub refused_field: Option<String>,
    /// Why the last attempt failed, or why the page is shown again.
    pub problem: Option<Problem>,
}

impl ResetPasswordPage {
    fn lead(&self) -> String {
        match &self.destination {
            Some(to) => self.frame.text_with("reset-lead", "destination", to),
            None => self.frame.text("reset-lead-unknown"),
        }
    }

    fn is_refused(&self, field: &str) -> bool {
        self.refused_field.as_deref() == Some(field)
    }

    /// The field to begin with: the one that was refused, else the first empty one.
    fn starts_at(&self, field: &str) -> bool {
        match &self.refused_field {
            Some(refused) => refused == field,
            None if self.username.is_empty() => field == "username",
            None => field == "code",
        }
    }
}

impl Page for ResetPasswordPage {
    fn samples() -> Vec<Self> {
        let fresh = Self {
            frame: samples::frame(),
            action: "/confirmforgotPassword?client_id=1example23456789".to_owned(),
            forgot_password_path: "/forgotPassword?client_id=1example23456789".to_owned(),
            sign_in_path: "/login?client_id=1example23456789".to_owned(),
            name_kind: NameKind::Username,
            username: "jane".to_owned(),
            code: String::new(),
            destination: Some("j***@e***".to_owned()),
            demands: demands::demands(false),
            refused_field: None,
            problem: None,
        };
        vec![
            fresh.clone(),
            Self {
                demands: demands::demands(true),
                refused_field: Some("password".to_owned()),
                problem: Some(samples::refusal("The password does not meet the demands.")),
                ..fresh.clone()
            },
            Self {
                username: String::new(),
                destination: None,
                ..fresh.clone()
            },
            Self {
                frame: samples::hostile_frame(),
                action: samples::HOSTILE.to_owned(),
                forgot_password_path: samples::HOSTILE.to_owned(),
                username: samples::HOSTILE.to_owned(),
                code: samples::HOSTILE.to_owned(),
                destination: Some(samples::HOSTILE.to_owned()),
                refused_field: Some("code".to_owned()),
                problem: Some(samples::refusal(samples::HOSTILE)),
                ..fresh
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_and_the_new_password_are_asked_for_and_the_password_twice() {
        let html = ResetPasswordPage::samples()[0].to_html().unwrap();
        for part in [
            r#"name="username""#,
            r#"name="code" type="text""#,
            r#"name="password" type="password""#,
            r#"name="confirm_password" type="password""#,
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
        assert_eq!(html.matches(r#"autocomplete="new-password""#).count(), 2);
        assert_eq!(html.matches("autofocus").count(), 1);
        assert!(html.contains("We sent a code to j***@e***."));
    }

    #[test]
    fn a_page_that_knows_nothing_begins_with_the_name() {
        let html = ResetPasswordPage::samples()[2].to_html().unwrap();
        let (_, name) = html.split_once(r#"name="username""#).unwrap();
        assert!(name.split_once('>').unwrap().0.contains("autofocus"));
        assert!(!html.contains("We sent"));
    }
}
