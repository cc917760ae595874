//! A form of the start page with a page of its own.

use askama::Template;

use super::form::{StartForm, samples};
use super::frame::StartFrame;
use super::frame::samples::{bare_frame, frame};
use crate::frame::samples::HOSTILE;
use crate::page::Page;

/// The page of one form.
#[derive(Clone, Debug, Template)]
#[template(path = "start/form_page.html")]
pub struct FormPage {
    /// What is around it.
    pub frame: StartFrame,
    /// The form.
    pub form: StartForm,
}

impl Page for FormPage {
    fn samples() -> Vec<Self> {
        vec![
            Self {
                frame: bare_frame(),
                form: samples::button("delete", "Delete the user jane"),
            },
            Self {
                frame: frame("Example pool"),
                form: samples::form("new-user", "Make a user"),
            },
            Self {
                frame: frame(HOSTILE),
                form: samples::form("new-user", HOSTILE),
            },
        ]
    }
}
