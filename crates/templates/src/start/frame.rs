//! What all pages under the start page have in common.

/// What is around the content: layout `start/frame.html`.
#[derive(Clone, Debug)]
pub struct StartFrame {
    /// The pages above this one, outermost first.
    pub crumbs: Vec<Crumb>,
    /// What was changed by the form before.
    pub done: Option<DoneNote>,
}

/// A page above another.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub href: String,
}

/// What was changed, and the command that does the same.
#[derive(Clone, Debug)]
pub struct DoneNote {
    /// What was changed, a sentence.
    pub text: String,
    /// The command of the AWS CLI, secrets left out.
    pub command: String,
}

pub(super) mod samples {
    use super::{Crumb, DoneNote, StartFrame};

    /// A frame with everything that it can have, `text` wherever a text goes.
    pub(crate) fn frame(text: &str) -> StartFrame {
        StartFrame {
            crumbs: vec![Crumb {
                name: text.to_owned(),
                href: format!("/_poolhouse/pools/{text}"),
            }],
            done: Some(DoneNote {
                text: text.to_owned(),
                command: format!("aws cognito-idp admin-get-user --username '{text}'"),
            }),
        }
    }

    /// A frame with as little as possible.
    pub(crate) fn bare_frame() -> StartFrame {
        StartFrame {
            crumbs: Vec::new(),
            done: None,
        }
    }
}
