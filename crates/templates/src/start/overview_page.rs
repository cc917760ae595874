//! The developer's start page.

use askama::Template;

use super::client_page::SignInLink;
use super::event_pages::EventOnPage;
use super::frame::StartFrame;
use super::frame::samples::{bare_frame, frame};
use crate::frame::samples::HOSTILE;
use crate::page::Page;

/// The page that shows pools, clients and where to sign in.
#[derive(Clone, Debug, Template)]
#[template(path = "start/overview.html")]
pub struct StartPage {
    /// What is around it.
    pub frame: StartFrame,
    /// Version of the server.
    pub version: &'static str,
    /// What the store is.
    pub storage: String,
    /// How the clock was moved, if it was.
    pub clock: Option<String>,
    /// Where SDKs find the API.
    pub public_url: String,
    /// The pools.
    pub pools: Vec<PoolOnPage>,
    /// The latest events, newest first.
    pub events: Vec<EventOnPage>,
}

/// A pool.
#[derive(Clone, Debug)]
pub struct PoolOnPage {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Issuer of its tokens.
    pub issuer: String,
    /// Prefixes and custom domains.
    pub domains: Vec<String>,
    /// Its clients.
    pub clients: Vec<ClientOnPage>,
    /// Whether there are clients that are not shown.
    pub has_more_clients: bool,
}

/// An app client.
#[derive(Clone, Debug)]
pub struct ClientOnPage {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Whether it has a secret.
    pub is_confidential: bool,
    /// One for each redirect URI.
    pub sign_in_links: Vec<SignInLink>,
}

impl Page for StartPage {
    fn samples() -> Vec<Self> {
        let empty = Self {
            frame: bare_frame(),
            version: "0.1.0",
            storage: "SQLite in ./poolhouse-data".to_owned(),
            clock: None,
            public_url: "http://localhost:9229".to_owned(),
            pools: Vec::new(),
            events: Vec::new(),
        };
        vec![
            empty.clone(),
            Self {
                clock: Some("frozen at 2030-01-31T12:00:00.000Z".to_owned()),
                pools: vec![PoolOnPage::sample(
                    "Example pool",
                    "http://localhost:3000/callback",
                )],
                ..empty.clone()
            },
            Self {
                frame: frame(HOSTILE),
                events: vec![EventOnPage::sample(HOSTILE)],
                pools: vec![
                    PoolOnPage::sample(
                        "<script>alert(1)</script>\"'><img src=x>",
                        "https://app.example.com/?a=\"'><script>alert(1)</script>",
                    ),
                    PoolOnPage {
                        clients: Vec::new(),
                        domains: Vec::new(),
                        has_more_clients: false,
                        ..PoolOnPage::sample("Empty pool", "")
                    },
                ],
                ..empty
            },
        ]
    }
}

impl PoolOnPage {
    pub(super) fn sample(name: &str, redirect_uri: &str) -> Self {
        let id = "us-east-1_Example12".to_owned();
        Self {
            issuer: format!("http://localhost:9229/{id}"),
            id,
            name: name.to_owned(),
            domains: vec![name.to_owned()],
            clients: vec![
                ClientOnPage {
                    id: "1example23456789abcdefghij".to_owned(),
                    name: name.to_owned(),
                    is_confidential: false,
                    sign_in_links: vec![SignInLink {
                        href: format!("/oauth2/authorize?redirect_uri={redirect_uri}"),
                        redirect_uri: redirect_uri.to_owned(),
                    }],
                },
                ClientOnPage {
                    id: "2example23456789abcdefghij".to_owned(),
                    name: "Machine".to_owned(),
                    is_confidential: true,
                    sign_in_links: Vec::new(),
                },
            ],
            has_more_clients: true,
        }
    }
}
