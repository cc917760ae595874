//! The page that asks whose password is forgotten.

use askama::Template;

use crate::frame::{Branding, Frame, Problem, samples};
use crate::page::Page;
use crate::sign_in_page::NameKind;

/// The page that asks whose password is forgotten.
#[derive(Clone, Debug, Template)]
#[template(path = "forgot_password.html")]
pub struct ForgotPasswordPage {
    /// What is around the content.
    pub frame: Frame,
    /// Where the form goes: `/forgotPassword` with the query of the request.
    pub action: String,
    /// Where to sign in.
    pub sign_in_path: String,
    /// What a user types as name.
    pub name_kind: NameKind,
    /// The name, filled in.
    pub username: String,
    /// Why the last attempt failed, or why the page is shown again.
    pub problem: Option<Problem>,
}

impl Page for ForgotPasswordPage {
    fn samples() -> Vec<Self> {
        let fresh = Self {
            frame: samples::frame(),
            action: "/forgotPassword?client_id=1example23456789".to_owned(),
            sign_in_path: "/login?client_id=1example23456789".to_owned(),
            name_kind: NameKind::Username,
            username: String::new(),
            problem: None,
        };
        vec![
            fresh.clone(),
            Self {
                username: "jane".to_owned(),
                problem: Some(samples::setback("Attempt limit exceeded.")),
                ..fresh.clone()
            },
            Self {
                frame: samples::hostile_frame(),
                action: samples::HOSTILE.to_owned(),
                sign_in_path: samples::HOSTILE.to_owned(),
                username: samples::HOSTILE.to_owned(),
                problem: Some(samples::refusal(samples::HOSTILE)),
                ..fresh
            },
        ]
    }
}
