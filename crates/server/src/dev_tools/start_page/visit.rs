//! A request for one of the pages, and what every page has.

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use poolhouse_api_model::Operation;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::ServiceError;
use poolhouse_templates::{Crumb, DoneNote, MissingPage, Page, StartFrame};

use super::paths;
use crate::app::App;
use crate::aws_json::administrator_text;
use crate::hosted_ui::{Cookies, csrf, fail, render};
use crate::oauth::FormRequest;
use crate::recent_events::Change;

/// The parameter that names the request by which something was changed.
const DONE: &str = "done";

/// What a page may load and do: it has no script, and its forms stay on this server.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
     object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
);

/// A request for a page.
pub(in super::super) struct Visit<'a> {
    pub(super) app: &'a App,
    pub(super) request: &'a FormRequest,
    /// What the address asks for; nothing if it is malformed.
    pub(super) query: Parameters,
    /// Comes back in every form.
    pub(in super::super) csrf_token: String,
    cookies: Cookies,
}

impl<'a> Visit<'a> {
    pub(in super::super) fn of(app: &'a App, request: &'a FormRequest) -> Self {
        let cookies = Cookies::of_developers_pages(app);
        Self {
            app,
            request,
            csrf_token: csrf::token_of(&request.headers, &cookies, app.service.rng()),
            cookies,
            query: request.query.clone().unwrap_or_default(),
        }
    }

    /// A parameter of the address; empty if it is missing or comes twice.
    pub(super) fn parameter(&self, name: &str) -> &str {
        self.query.sole(name).unwrap_or_default()
    }

    /// What is around the page, under the start page and those above it.
    pub(super) fn frame(&self, above: Vec<Crumb>) -> StartFrame {
        let mut crumbs = vec![crumb("Start", paths::START)];
        crumbs.extend(above);
        StartFrame {
            crumbs,
            done: self.done_before(),
        }
    }

    /// What the form before did, if the address names a request that the server remembers.
    fn done_before(&self) -> Option<DoneNote> {
        let events = self.app.recent_events.as_ref()?;
        let event = events.find(self.parameter(DONE))?;
        let change = event.facts.change.as_ref()?;
        Some(DoneNote {
            text: change.text.clone(),
            command: change.command.clone(),
        })
    }

    /// Says what was done, and gives the address of the page that tells it: the address names the
    /// request alone, so that no address can put words on a page.
    pub(super) fn done(&self, path: &str, text: &str, command: String) -> String {
        let context = &self.request.context;
        context.report.changed(Change {
            text: text.to_owned(),
            command,
        });
        let separator = if path.contains('?') { '&' } else { '?' };
        format!("{path}{separator}{DONE}={}", context.request_id)
    }

    /// Whether a posted form is one that this server gave to this browser; says so in the log if
    /// not.
    pub(in super::super) fn is_genuine(&self, posted: &Parameters) -> bool {
        csrf::check(
            &self.request.context,
            &self.request.headers,
            &self.cookies,
            posted,
        )
    }

    /// Answers with a page.
    pub(in super::super) fn answer(&self, status: StatusCode, page: &impl Page) -> Response {
        let mut response = render(status, page);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
        if let Some(cookie) = self.cookies.set_csrf(&self.csrf_token) {
            headers.append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// Answers where a page cannot be made: 404 where what it is about is not there.
    pub(in super::super) fn answer_error(&self, error: &ServiceError) -> Response {
        use ServiceError as E;
        match error {
            E::UserPoolNotFound(_)
            | E::AppClientNotFound(_)
            | E::UserNotFound
            | E::GroupNotFound => {
                let operation = Operation::AdminAddUserToGroup;
                self.missing(administrator_text(operation, error))
            }
            _ => fail(&self.request.context, error),
        }
    }

    /// Says that something is not there.
    pub(super) fn missing(&self, text: String) -> Response {
        let frame = self.frame(Vec::new());
        self.answer(StatusCode::NOT_FOUND, &MissingPage { frame, text })
    }
}

/// A page above another.
pub(super) fn crumb(name: &str, href: &str) -> Crumb {
    Crumb {
        name: name.to_owned(),
        href: href.to_owned(),
    }
}
