//! What is shown where a pool, client, user or event is not there.

use askama::Template;

use super::frame::StartFrame;
use super::frame::samples::{bare_frame, frame};
use crate::frame::samples::HOSTILE;
use crate::page::Page;

/// The page in place of one that is about nothing.
#[derive(Clone, Debug, Template)]
#[template(path = "start/missing.html")]
pub struct MissingPage {
    /// What is around it.
    pub frame: StartFrame,
    /// What is not there, a sentence.
    pub text: String,
}

impl Page for MissingPage {
    fn samples() -> Vec<Self> {
        vec![
            Self {
                frame: bare_frame(),
                text: "User does not exist.".to_owned(),
            },
            Self {
                frame: frame(HOSTILE),
                text: HOSTILE.to_owned(),
            },
        ]
    }
}
