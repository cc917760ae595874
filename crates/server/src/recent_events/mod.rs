//! The latest requests and why they were refused, for the developer's pages.
//!
//! They are kept in memory, in the dev profile alone. A door reports what it knows in words to the
//! [`Report`] of the request; `host.rs` adds the answer where it puts the request id on it. Nothing
//! that was sent is kept but the path and the ids of pool and client.

mod report;

pub(crate) use report::{Change, Facts, Refusal, Report};

use std::collections::VecDeque;
use std::sync::Arc;

use http::{Method, StatusCode, Uri};
use parking_lot::Mutex;
use poolhouse_model::Timestamp;

use self::report::shortened;

/// Events that are kept; the oldest makes room.
const MOST_EVENTS: usize = 200;

/// The latest events.
#[derive(Debug, Default)]
pub(crate) struct RecentEvents {
    events: Mutex<VecDeque<Arc<Event>>>,
}

/// A request that was answered.
#[derive(Debug)]
pub(crate) struct Event {
    /// The id that is on the answer, on the error page and in the log.
    pub(crate) request_id: String,
    /// When it was answered.
    pub(crate) at: Timestamp,
    /// What was called: an operation of the API, or method and path.
    pub(crate) called: String,
    /// Status of the answer.
    pub(crate) status: StatusCode,
    /// What the door told of it.
    pub(crate) facts: Facts,
}

impl RecentEvents {
    /// Keeps an event, unless nobody would look for it.
    pub(crate) fn keep(&self, asked: &Asked, answer: Answered, report: &Report) {
        if asked.is_of_no_interest() {
            return;
        }
        let facts = report.take();
        let operation = facts.operation.map(str::to_owned);
        let event = Event {
            request_id: answer.request_id,
            at: answer.at,
            called: operation.unwrap_or_else(|| asked.in_words()),
            status: answer.status,
            facts,
        };
        let mut events = self.events.lock();
        if events.len() >= MOST_EVENTS {
            events.pop_back();
        }
        events.push_front(Arc::new(event));
    }

    /// The latest events, newest first.
    pub(crate) fn latest(&self, most: usize) -> Vec<Arc<Event>> {
        self.events.lock().iter().take(most).cloned().collect()
    }

    /// The event of a request.
    pub(crate) fn find(&self, request_id: &str) -> Option<Arc<Event>> {
        let events = self.events.lock();
        let mut found = events.iter();
        found.find(|event| event.request_id == request_id).cloned()
    }
}

/// What was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    method: Method,
    path: String,
}

/// How it was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) request_id: String,
    pub(crate) at: Timestamp,
    pub(crate) status: StatusCode,
}

impl Asked {
    /// Takes the path; what stands in the query is nobody's business.
    pub(crate) fn of(method: &Method, uri: &Uri) -> Self {
        Self {
            method: method.clone(),
            path: shortened(uri.path()),
        }
    }

    fn in_words(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Preflights, looks at the developer's pages, and the error page that a refusal led to.
    fn is_of_no_interest(&self) -> bool {
        let is_look = self.method == Method::GET || self.method == Method::HEAD;
        let is_page = self.path == "/" || self.path == "/error";
        self.method == Method::OPTIONS
            || is_look && (is_page || self.path.starts_with("/_poolhouse"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(events: &RecentEvents, method: &Method, path: &str, request_id: &str) {
        let asked = Asked::of(method, &path.parse().unwrap());
        let answer = Answered {
            request_id: request_id.to_owned(),
            at: Timestamp::from_millis(0),
            status: StatusCode::OK,
        };
        events.keep(&asked, answer, &Report::kept());
    }

    #[test]
    fn the_oldest_event_makes_room() {
        let events = RecentEvents::default();
        for number in 0..=MOST_EVENTS {
            keep(&events, &Method::GET, "/login", &number.to_string());
        }
        assert_eq!(events.latest(usize::MAX).len(), MOST_EVENTS);
        assert!(events.find("0").is_none());
        assert_eq!(events.latest(1)[0].request_id, MOST_EVENTS.to_string());
    }

    #[test]
    fn looks_at_the_developers_pages_are_no_events() {
        let events = RecentEvents::default();
        for path in ["/", "/error?error=a", "/_poolhouse/", "/_poolhouse/events"] {
            keep(&events, &Method::GET, path, "a");
        }
        keep(&events, &Method::OPTIONS, "/oauth2/token", "a");
        assert!(events.latest(9).is_empty());
        keep(&events, &Method::POST, "/_poolhouse/reset", "a");
        assert_eq!(events.latest(9)[0].called, "POST /_poolhouse/reset");
    }

    #[test]
    fn s24_a_query_is_not_kept_and_a_path_only_in_part() {
        let events = RecentEvents::default();
        keep(
            &events,
            &Method::GET,
            "/confirmUser?confirmation_code=1",
            "a",
        );
        keep(
            &events,
            &Method::GET,
            &format!("/{}", "a".repeat(9000)),
            "b",
        );
        let kept = events.latest(9);
        assert_eq!(kept[1].called, "GET /confirmUser");
        assert!(kept[0].called.len() < 300);
    }
}
