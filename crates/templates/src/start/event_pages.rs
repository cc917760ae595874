//! What was asked of the server lately, and why it was refused.

use askama::Template;

use super::frame::StartFrame;
use super::frame::samples::{bare_frame, frame};
use crate::frame::samples::HOSTILE;
use crate::page::Page;

/// The list of the latest events.
#[derive(Clone, Debug, Template)]
#[template(path = "start/events.html")]
pub struct EventsPage {
    /// What is around it.
    pub frame: StartFrame,
    /// The events, newest first.
    pub events: Vec<EventOnPage>,
}

/// One event, with what the error dictionary says of it.
#[derive(Clone, Debug, Template)]
#[template(path = "start/event.html")]
pub struct EventPage {
    /// What is around it.
    pub frame: StartFrame,
    /// The event.
    pub event: EventOnPage,
    /// What the error dictionary says of its refusal.
    pub entries: Vec<EventEntry>,
}

/// A request that was answered.
#[derive(Clone, Debug)]
pub struct EventOnPage {
    /// Its id.
    pub request_id: String,
    /// When it was answered, by RFC 3339.
    pub at: String,
    /// What was called.
    pub called: String,
    /// Status of the answer.
    pub status: u16,
    /// Whether it was refused.
    pub is_refused: bool,
    /// The error code that was sent.
    pub code: Option<String>,
    /// The text that was sent.
    pub told: Option<String>,
    /// What the log says, where it says more.
    pub reason: Option<String>,
    /// Id of the pool that it named.
    pub pool_id: Option<String>,
    /// Where the page of that pool is; empty without one.
    pub pool_href: String,
    /// Id of the app client that it named.
    pub client_id: Option<String>,
}

/// What the error dictionary says.
#[derive(Clone, Debug)]
pub struct EventEntry {
    /// What causes it.
    pub cause: String,
    /// How to mend it.
    pub remedy: String,
}

impl EventOnPage {
    /// The reason in as many words as a list has room for.
    pub fn in_short(&self) -> Option<&str> {
        let told = self.told.as_deref().filter(|text| !text.is_empty());
        told.or(self.reason.as_deref())
    }

    pub(super) fn sample(text: &str) -> Self {
        Self {
            request_id: "0f6a3c9e-7a50-4d3b-9a35-7f2b6f0a9d10".to_owned(),
            at: "2026-01-31T12:00:00.000Z".to_owned(),
            called: text.to_owned(),
            status: 400,
            is_refused: true,
            code: Some(text.to_owned()),
            told: Some(text.to_owned()),
            reason: Some(text.to_owned()),
            pool_id: Some(text.to_owned()),
            pool_href: format!("/_poolhouse/pools/{text}"),
            client_id: Some(text.to_owned()),
        }
    }

    fn unremarkable() -> Self {
        Self {
            called: "GET /login".to_owned(),
            status: 200,
            is_refused: false,
            code: None,
            told: None,
            reason: None,
            pool_id: None,
            client_id: None,
            ..Self::sample("")
        }
    }
}

impl Page for EventsPage {
    fn samples() -> Vec<Self> {
        vec![
            Self {
                frame: bare_frame(),
                events: Vec::new(),
            },
            Self {
                frame: bare_frame(),
                events: vec![EventOnPage::sample("SignUp"), EventOnPage::unremarkable()],
            },
            Self {
                frame: frame(HOSTILE),
                events: vec![EventOnPage::sample(HOSTILE)],
            },
        ]
    }
}

impl Page for EventPage {
    fn samples() -> Vec<Self> {
        let entry = |text: &str| EventEntry {
            cause: text.to_owned(),
            remedy: text.to_owned(),
        };
        vec![
            Self {
                frame: bare_frame(),
                event: EventOnPage::unremarkable(),
                entries: Vec::new(),
            },
            Self {
                frame: frame("Events"),
                event: EventOnPage::sample("SignUp"),
                entries: vec![entry("It is so."), entry("Or so.")],
            },
            Self {
                frame: frame(HOSTILE),
                event: EventOnPage::sample(HOSTILE),
                entries: vec![entry(HOSTILE)],
            },
        ]
    }
}
