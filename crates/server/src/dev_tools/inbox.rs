//! `/_poolhouse/inbox`: every mail and text message, for people and for test suites.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::{InboxMessage, ServiceError};
use poolhouse_templates::{InboxPage, MessageOnPage};
use serde::Serialize;

use super::accept::wants_html;
use super::json_answer::json_answer;
use super::start_page::Visit;
use crate::app::App;
use crate::context::RequestContext;
use crate::hosted_ui::{fail, redirect};
use crate::oauth::FormRequest;
use crate::rfc3339::rfc3339;

/// Longest that a caller can wait for a message.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// How often a waiting caller looks again.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Query {
    to: Option<String>,
    after: Option<String>,
    wait: Duration,
}

/// A message as programs read it.
#[derive(Debug, Serialize)]
struct MessageAnswer<'a> {
    id: &'a str,
    channel: &'static str,
    to: &'a str,
    subject: Option<&'a str>,
    body: &'a str,
    text: Option<&'a str>,
    code: Option<&'a str>,
    link: Option<&'a str>,
    temporary_password: Option<&'a str>,
    created_at: String,
    sent_at: Option<String>,
    last_error: Option<&'a str>,
}

/// Lists messages, newest first: a page for who asks for `text/html`, else JSON.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
    RawQuery(query): RawQuery,
    request: FormRequest,
) -> Response {
    let query = match Query::parse(query.as_deref().unwrap_or_default()) {
        Ok(query) => query,
        Err(text) => return (StatusCode::BAD_REQUEST, text).into_response(),
    };
    match messages(&app, &query).await {
        Ok(messages) if wants_html(&request.headers) => {
            let messages = messages.into_iter().map(on_page);
            let visit = Visit::of(&app, &request);
            let page = InboxPage {
                csrf_token: visit.csrf_token.clone(),
                to: query.to,
                messages: messages.collect(),
            };
            visit.answer(StatusCode::OK, &page)
        }
        Ok(messages) => {
            let answers: Vec<_> = messages.iter().map(MessageAnswer::from).collect();
            json_answer(StatusCode::OK, &answers)
        }
        Err(error) => fail(&context, &error),
    }
}

/// Empties the inbox, or the part of one recipient.
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = match Query::parse(query.as_deref().unwrap_or_default()) {
        Ok(query) => query,
        Err(text) => return (StatusCode::BAD_REQUEST, text).into_response(),
    };
    match app.service.empty_inbox(query.to.as_deref()).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => fail(&context, &error),
    }
}

/// What is said to a button that does not carry the token of its browser.
const NOT_GENUINE: &str = "The page is too old. Load the inbox again, then empty it.\n";

/// Empties the inbox by the button of the page, since a form cannot send DELETE.
pub(super) async fn empty(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let visit = Visit::of(&app, &request);
    let is_genuine = request
        .form
        .as_ref()
        .is_ok_and(|form| visit.is_genuine(form));
    if !is_genuine {
        return (StatusCode::FORBIDDEN, NOT_GENUINE).into_response();
    }
    match app.service.empty_inbox(None).await {
        Ok(()) => redirect("/_poolhouse/inbox"),
        Err(error) => fail(&request.context, &error),
    }
}

/// Reads the messages; waits for the first if there is none yet.
async fn messages(app: &App, query: &Query) -> Result<Vec<InboxMessage>, ServiceError> {
    let read = || {
        let (to, after) = (query.to.as_deref(), query.after.as_deref());
        app.service.list_inbox(to, after)
    };
    let found = read().await?;
    if !found.is_empty() || query.wait.is_zero() {
        return Ok(found);
    }
    let poll = async {
        loop {
            tokio::time::sleep(POLL_INTERVAL).await;
            let found = read().await?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
    };
    match tokio::time::timeout(query.wait, poll).await {
        Ok(found) => found,
        Err(_) => Ok(Vec::new()),
    }
}

impl Query {
    /// Reads `to`, `after` and `wait`; a longer wait than the longest is the longest.
    fn parse(query: &str) -> Result<Self, String> {
        let parameters = Parameters::decode(query.as_bytes());
        let parameters = parameters.map_err(|error| format!("{error}\n"))?;
        let text = |name| match parameters.single(name) {
            Ok(value) => Ok(value.map(str::to_owned)),
            Err(error) => Err(format!("{error}\n")),
        };
        let wait = match text("wait")? {
            None => 0,
            Some(seconds) => seconds
                .parse()
                .map_err(|_| "wait must be a whole number of seconds\n".to_owned())?,
        };
        Ok(Self {
            // No address holds a blank: it is a `+` that the caller did not encode.
            to: text("to")?.map(|to| to.replace(' ', "+")),
            after: text("after")?,
            wait: Duration::from_secs(wait).min(LONGEST_WAIT),
        })
    }
}

impl<'a> From<&'a InboxMessage> for MessageAnswer<'a> {
    fn from(message: &'a InboxMessage) -> Self {
        Self {
            id: &message.id,
            channel: message.channel.as_str(),
            to: &message.to,
            subject: message.subject.as_deref(),
            body: &message.body,
            text: message.text.as_deref(),
            code: message.code.as_deref(),
            link: message.link.as_deref(),
            temporary_password: message.temporary_password.as_deref(),
            created_at: rfc3339(message.created_at),
            sent_at: message.sent_at.map(rfc3339),
            last_error: message.last_error.as_deref(),
        }
    }
}

fn on_page(message: InboxMessage) -> MessageOnPage {
    let is_web = |link: &String| link.starts_with("https://") || link.starts_with("http://");
    let (text, html) = match message.text {
        Some(text) => (text, Some(message.body)),
        None => (message.body, None),
    };
    MessageOnPage {
        to: message.to,
        subject: message.subject,
        text,
        html,
        code: message.code,
        temporary_password: message.temporary_password,
        link: message.link.filter(is_web),
        created_at: rfc3339(message.created_at),
        last_error: message.last_error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_that_arrives_as_a_blank_is_a_plus() {
        for query in [
            "to=a+b@example.com",
            "to=a%2Bb@example.com",
            "to=a%20b@example.com",
        ] {
            let query = Query::parse(query).unwrap();
            assert_eq!(query.to.as_deref(), Some("a+b@example.com"));
        }
        assert_eq!(
            Query::parse("to=+12065550100").unwrap().to.as_deref(),
            Some("+12065550100")
        );
    }

    #[test]
    fn a_wait_is_bounded() {
        assert_eq!(Query::parse("wait=5").unwrap().wait, Duration::from_secs(5));
        assert_eq!(Query::parse("wait=86400").unwrap().wait, LONGEST_WAIT);
        assert!(Query::parse("wait=-1").is_err());
        assert!(Query::parse("wait=soon").is_err());
        assert!(Query::parse("to=a&to=b").is_err());
    }
}
