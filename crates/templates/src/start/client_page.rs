//! One app client.

use askama::Template;

use super::frame::StartFrame;
use super::frame::samples::{bare_frame, frame};
use crate::frame::samples::HOSTILE;
use crate::page::Page;

/// The page of an app client.
#[derive(Clone, Debug, Template)]
#[template(path = "start/client.html")]
pub struct ClientPage {
    /// What is around it.
    pub frame: StartFrame,
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Whether it has a secret.
    pub is_confidential: bool,
    /// One for each redirect URI.
    pub sign_in_links: Vec<SignInLink>,
    /// Its settings: what each is about, and how it is set.
    pub settings: Vec<(String, String)>,
    /// What an application has to be told, in several forms.
    pub snippets: Vec<Snippet>,
}

/// A link that starts a sign-in.
#[derive(Clone, Debug)]
pub struct SignInLink {
    /// The link.
    pub href: String,
    /// Where the sign-in leads.
    pub redirect_uri: String,
}

/// Lines for the settings of an application.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// Where they go.
    pub name: String,
    /// The lines.
    pub text: String,
}

impl Page for ClientPage {
    fn samples() -> Vec<Self> {
        let page = |text: &str| Self {
            frame: frame(text),
            id: "1example23456789abcdefghij".to_owned(),
            name: text.to_owned(),
            is_confidential: true,
            sign_in_links: vec![SignInLink {
                href: format!("/oauth2/authorize?redirect_uri={text}"),
                redirect_uri: text.to_owned(),
            }],
            settings: vec![(text.to_owned(), text.to_owned())],
            snippets: vec![Snippet {
                name: text.to_owned(),
                text: text.to_owned(),
            }],
        };
        vec![
            page("Example app"),
            page(HOSTILE),
            Self {
                frame: bare_frame(),
                is_confidential: false,
                sign_in_links: Vec::new(),
                ..page("Machine")
            },
        ]
    }
}
