//! One user pool.

use askama::Template;

use super::frame::StartFrame;
use super::frame::samples::{bare_frame, frame};
use super::overview_page::PoolOnPage;
use crate::frame::samples::HOSTILE;
use crate::page::Page;

/// The page of a pool.
#[derive(Clone, Debug, Template)]
#[template(path = "start/pool.html")]
pub struct PoolPage {
    /// What is around it.
    pub frame: StartFrame,
    /// The pool and its clients.
    pub pool: PoolOnPage,
    /// How many users it has.
    pub user_count: u64,
    /// Its settings: what each is about, and how it is set.
    pub settings: Vec<(String, String)>,
    /// Its groups.
    pub groups: Vec<GroupOnPage>,
    /// Whether there are groups that are not shown.
    pub has_more_groups: bool,
    /// What is searched for.
    pub search: UserSearchOnPage,
    /// The users that were found, a page of them.
    pub users: Vec<UserOnPage>,
    /// Where the next page of users is.
    pub next_page: Option<String>,
}

/// What users are searched by.
#[derive(Clone, Debug, Default)]
pub struct UserSearchOnPage {
    /// The attributes to choose from, and whether it is the one.
    pub attributes: Vec<(String, bool)>,
    /// What it begins with.
    pub text: String,
    /// Why nothing was searched for.
    pub problem: Option<String>,
}

/// A group.
#[derive(Clone, Debug)]
pub struct GroupOnPage {
    /// Its name.
    pub name: String,
    /// What its owner writes about it.
    pub description: Option<String>,
    /// Its rank.
    pub precedence: Option<i32>,
}

/// A user of a list.
#[derive(Clone, Debug)]
pub struct UserOnPage {
    /// The user name.
    pub username: String,
    /// Where the page of the user is.
    pub href: String,
    /// The e-mail address or phone number.
    pub address: Option<String>,
    /// The status, as the API names it.
    pub status: String,
    /// Whether the user may sign in at all.
    pub is_enabled: bool,
}

impl Page for PoolPage {
    fn samples() -> Vec<Self> {
        let user = |text: &str, is_enabled: bool| UserOnPage {
            username: text.to_owned(),
            href: format!("/_poolhouse/pools/a/user?username={text}"),
            address: is_enabled.then(|| text.to_owned()),
            status: "CONFIRMED".to_owned(),
            is_enabled,
        };
        let group = |text: &str, precedence: Option<i32>| GroupOnPage {
            name: text.to_owned(),
            description: precedence.map(|_| text.to_owned()),
            precedence,
        };
        let page = |text: &str| Self {
            frame: frame(text),
            pool: PoolOnPage::sample(text, text),
            user_count: 1,
            settings: vec![(text.to_owned(), text.to_owned())],
            groups: vec![group(text, Some(7)), group(text, None)],
            has_more_groups: true,
            search: UserSearchOnPage {
                attributes: vec![("email".to_owned(), true), (text.to_owned(), false)],
                text: text.to_owned(),
                problem: Some(text.to_owned()),
            },
            users: vec![user(text, true), user(text, false)],
            next_page: Some(format!("/_poolhouse/pools/a?page={text}")),
        };
        vec![
            page("Example pool"),
            page(HOSTILE),
            Self {
                frame: bare_frame(),
                pool: PoolOnPage {
                    clients: Vec::new(),
                    domains: Vec::new(),
                    has_more_clients: false,
                    ..PoolOnPage::sample("Empty pool", "")
                },
                user_count: 0,
                groups: Vec::new(),
                has_more_groups: false,
                search: UserSearchOnPage::default(),
                users: Vec::new(),
                next_page: None,
                ..page("Empty pool")
            },
        ]
    }
}
