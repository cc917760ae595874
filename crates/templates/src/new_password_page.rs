//! The page that takes a new password in place of a temporary one.

use askama::Template;

use crate::frame::{Branding, Frame, Problem, samples};
use crate::page::Page;
use crate::password_demand::{PasswordDemand, samples as demands};
use crate::sign_up_page::{AttributeField, Limits};

/// The page that takes a new password in place of a temporary one, with the attributes that the
/// pool requires and the user lacks.
///
/// Inferred: the names and ids of its fields.
#[derive(Clone, Debug, Template)]
#[template(path = "new_password.html")]
pub struct NewPasswordPage {
    /// What is around the content.
    pub frame: Frame,
    /// Where the form goes: `/newPassword` with the query of the request.
    pub action: String,
    /// Where to sign in as somebody else.
    pub sign_in_path: String,
    /// The attributes that are missing.
    pub fields: Vec<AttributeField>,
    /// What is demanded of the password.
    pub demands: Vec<PasswordDemand>,
    /// The field that was refused: `password`, `confirm_password` or the name of an attribute.
    pub refused_field: Option<String>,
    /// Why the last attempt failed, or why the page is shown again.
    pub problem: Option<Problem>,
}

impl NewPasswordPage {
    fn is_refused(&self, field: &str) -> bool {
        self.refused_field.as_deref() == Some(field)
    }

    /// Whether the password is the field to begin with.
    fn starts_at_password(&self) -> bool {
        let is_first = self.refused_field.is_none() && self.fields.is_empty();
        is_first || self.is_refused("password")
    }
}

impl Page for NewPasswordPage {
    fn samples() -> Vec<Self> {
        let fresh = Self {
            frame: samples::frame(),
            action: "/newPassword?client_id=1example23456789".to_owned(),
            sign_in_path: "/login?client_id=1example23456789".to_owned(),
            fields: Vec::new(),
            demands: demands::demands(false),
            refused_field: None,
            problem: None,
        };
        let field = |name: &str, value: &str| AttributeField {
            name: name.to_owned(),
            label: name.to_owned(),
            value: value.to_owned(),
            limits: Limits::Text { most: 2048 },
            is_optional: false,
        };
        vec![
            fresh.clone(),
            Self {
                fields: vec![field("email", ""), field("family_name", "Doe")],
                demands: demands::demands(true),
                refused_field: Some("password".to_owned()),
                problem: Some(samples::refusal("The password does not meet the demands.")),
                ..fresh.clone()
            },
            Self {
                frame: samples::hostile_frame(),
                action: samples::HOSTILE.to_owned(),
                sign_in_path: samples::HOSTILE.to_owned(),
                fields: vec![field(samples::HOSTILE, samples::HOSTILE)],
                refused_field: Some("confirm_password".to_owned()),
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
    fn the_password_is_asked_for_twice_and_what_is_missing_once() {
        let html = NewPasswordPage::samples()[1].to_html().unwrap();
        for part in [
            r#"name="password" type="password""#,
            r#"name="confirm_password" type="password""#,
            r#"name="requiredAttributes[email]" type="email""#,
            r#"name="requiredAttributes[family_name]" type="text" value="Doe""#,
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
        assert_eq!(html.matches(r#"autocomplete="new-password""#).count(), 2);
        assert_eq!(html.matches("autofocus").count(), 1);
    }

    #[test]
    fn a_page_that_misses_nothing_begins_with_the_password() {
        let html = NewPasswordPage::samples()[0].to_html().unwrap();
        assert_eq!(html.matches("autofocus").count(), 1);
        assert!(!html.contains("requiredAttributes"));
    }
}
