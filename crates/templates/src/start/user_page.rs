//! One user of a pool.

use askama::Template;

use super::form::{StartForm, samples};
use super::frame::StartFrame;
use super::frame::samples::{bare_frame, frame};
use crate::frame::samples::HOSTILE;
use crate::page::Page;

/// The page of a user.
#[derive(Clone, Debug, Template)]
#[template(path = "start/user.html")]
pub struct UserPage {
    /// What is around it.
    pub frame: StartFrame,
    /// The user name.
    pub username: String,
    /// What is to be known: status, factors, times.
    pub facts: Vec<(String, String)>,
    /// The attributes by name.
    pub attributes: Vec<(String, String)>,
    /// The groups that the user is in.
    pub groups: Vec<GroupOfUser>,
    /// Where the messages to the user are, if they have an address.
    pub inbox: Option<String>,
    /// What can be changed.
    pub forms: Vec<StartForm>,
    /// Where deleting is asked about.
    pub delete_path: String,
}

/// A group that a user is in.
#[derive(Clone, Debug)]
pub struct GroupOfUser {
    /// Its name.
    pub name: String,
    /// The form that takes the user out of it.
    pub leave: StartForm,
}

impl Page for UserPage {
    fn samples() -> Vec<Self> {
        let page = |text: &str| Self {
            frame: frame(text),
            username: text.to_owned(),
            facts: vec![(text.to_owned(), text.to_owned())],
            attributes: vec![(text.to_owned(), text.to_owned())],
            groups: vec![GroupOfUser {
                name: text.to_owned(),
                leave: samples::button("leave-1", text),
            }],
            inbox: Some(format!("/_poolhouse/inbox?to={text}")),
            forms: vec![
                samples::form("set-password", text),
                samples::button("confirm", text),
            ],
            delete_path: format!("/_poolhouse/pools/a/delete-user?username={text}"),
        };
        vec![
            page("jane"),
            page(HOSTILE),
            Self {
                frame: bare_frame(),
                attributes: Vec::new(),
                groups: Vec::new(),
                inbox: None,
                ..page("bob")
            },
        ]
    }
}
