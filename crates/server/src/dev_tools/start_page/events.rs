//! `/_poolhouse/events`: what was asked of the server lately, and why it was refused.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use poolhouse_templates::{EventEntry, EventOnPage, EventPage, EventsPage};

use super::paths;
use super::visit::{Visit, crumb};
use crate::app::App;
use crate::error_dictionary::{Entry, find};
use crate::oauth::FormRequest;
use crate::recent_events::{Event, Refusal};
use crate::rfc3339::rfc3339;

/// Entries of the error dictionary that are shown for one event.
const SHOWN_ENTRIES: usize = 5;

/// Shows the latest events, newest first.
pub(super) async fn list(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let visit = Visit::of(&app, &request);
    let page = EventsPage {
        frame: visit.frame(Vec::new()),
        events: latest(&app, usize::MAX),
    };
    visit.answer(StatusCode::OK, &page)
}

/// Shows one event, with what the error dictionary says of it.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(request_id): Path<String>,
    request: FormRequest,
) -> Response {
    let visit = Visit::of(&app, &request);
    let events = app.recent_events.as_ref();
    let Some(event) = events.and_then(|events| events.find(&request_id)) else {
        let text = "No event has that request id, or it has made room for later ones.";
        return visit.missing(text.to_owned());
    };
    let page = EventPage {
        frame: visit.frame(vec![crumb("Events", paths::EVENTS)]),
        event: on_page(&event),
        entries: entries_of(event.facts.refusal.as_ref()),
    };
    visit.answer(StatusCode::OK, &page)
}

/// The latest events, newest first.
pub(super) fn latest(app: &App, most: usize) -> Vec<EventOnPage> {
    let events = app.recent_events.as_ref();
    let events = events.map(|events| events.latest(most)).unwrap_or_default();
    events.iter().map(|event| on_page(event)).collect()
}

fn on_page(event: &Event) -> EventOnPage {
    let status = event.status;
    let facts = &event.facts;
    let refusal = facts.refusal.clone().unwrap_or_default();
    let is_told = refusal.told.is_some();
    let says_more = |reason: &String| !is_told || refusal.told.as_ref() != Some(reason);
    EventOnPage {
        request_id: event.request_id.clone(),
        at: rfc3339(event.at),
        called: event.called.clone(),
        status: status.as_u16(),
        is_refused: facts.refusal.is_some() || status.is_client_error() || status.is_server_error(),
        code: refusal.code.clone(),
        reason: refusal.reason.clone().filter(says_more),
        told: refusal.told,
        pool_href: facts
            .pool_id
            .as_deref()
            .map(paths::pool)
            .unwrap_or_default(),
        pool_id: facts.pool_id.clone(),
        client_id: facts.client_id.clone(),
    }
}

/// What the error dictionary says: of the text that was sent, else of the reason in the log. A
/// code alone stands for too many causes.
fn entries_of(refusal: Option<&Refusal>) -> Vec<EventEntry> {
    let Some(refusal) = refusal else {
        return Vec::new();
    };
    let texts = [refusal.told.as_deref(), refusal.reason.as_deref()];
    let mut found = texts.into_iter().flatten().map(find);
    let found = found.find(|entries| !entries.is_empty());
    let mut told: Vec<EventEntry> = Vec::new();
    let fits = |entry: &Entry| {
        let code = refusal.code.as_deref();
        entry.code.is_empty() || code.is_none_or(|code| code == entry.code)
    };
    for entry in found.unwrap_or_default().iter().filter(|entry| fits(entry)) {
        let is_new = told.iter().all(|known| known.remedy != entry.words.remedy);
        if is_new && told.len() < SHOWN_ENTRIES {
            told.push(EventEntry {
                cause: entry.words.cause.to_owned(),
                remedy: entry.words.remedy.to_owned(),
            });
        }
    }
    told
}
