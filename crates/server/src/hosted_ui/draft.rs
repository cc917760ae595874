//! A form that was refused, as its page shows it again: what was typed, and what is wrong with it.
//!
//! A browser whose form is answered with a page asks, at the button Back, to send that form again.
//! So it is led to the address of the page and carries the draft there, sealed: nobody else can put
//! words on a page. No password is ever in one.

use axum::response::Response;
use poolhouse_model::{Attributes, Ttl};
use poolhouse_service::BrowserState;
use serde::{Deserialize, Serialize};

use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
use super::page_problem::PageProblem;
use super::password_demands;

/// How long a draft waits for the page that shows it.
const TTL: Ttl = Ttl::from_minutes(5);

/// How many bytes of cookie one takes at most; browsers keep 4096 with name and flags. What is
/// longer is shown at once.
const MOST_BYTES: usize = 3500;

/// What was typed on a page, and what is wrong with it; nothing, for a page that is new.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) username: String,
    pub(super) code: String,
    pub(super) attributes: Attributes,
    /// What is wrong.
    pub(super) problem: Option<PageProblem>,
    /// The messages of the demands that the password does not meet, if it is the password.
    pub(super) unmet: Option<Vec<String>>,
}

/// A draft on its way to its page.
#[derive(Serialize, Deserialize)]
struct Carried {
    path: String,
    draft: Draft,
}

impl BrowserState for Carried {
    const KIND: &'static str = "draft";
}

impl Draft {
    /// A form of which the page shows the name alone.
    pub(super) fn of(username: &str) -> Self {
        Self {
            username: username.to_owned(),
            ..Self::default()
        }
    }

    /// Says what is wrong.
    pub(super) fn with(self, problem: PageProblem) -> Self {
        Self {
            problem: Some(problem),
            ..self
        }
    }

    /// Says what is wrong with a form that has a new password.
    pub(super) fn with_judged(
        self,
        problem: PageProblem,
        hosted: &HostedRequest<'_>,
        password: &str,
    ) -> Self {
        let is_password = problem.field() == Some("password");
        Self {
            unmet: is_password.then(|| password_demands::unmet(hosted, password)),
            ..self.with(problem)
        }
    }

    /// The name, or that which the address fills in.
    pub(super) fn username_or_hint<'a>(&'a self, hosted: &'a HostedRequest<'_>) -> &'a str {
        if self.username.is_empty() {
            hosted.login_hint()
        } else {
            &self.username
        }
    }

    /// The field that is refused.
    pub(super) fn refused_field(&self) -> Option<&str> {
        self.problem.as_ref().and_then(PageProblem::field)
    }
}

impl HostedRequest<'_> {
    /// Leads a browser whose form was refused to the address of the page, and has it carry the
    /// draft. `None` for what has to be told at once: to a script, with a status of its own, or
    /// because it is more than a browser carries.
    pub(super) async fn tell_later(&self, page: HostedPage, draft: &Draft) -> Option<Response> {
        let problem = draft.problem.as_ref()?;
        if !self.is_posted_by_browser || problem.has_status() {
            return None;
        }
        let location = self.address_for(page, &draft.username);
        self.leave_with(&location, page, draft).await
    }

    /// To the address of a page, for a browser that carries the draft there; `None` if it is more
    /// than a browser carries.
    pub(super) async fn leave_with(
        &self,
        location: &str,
        page: HostedPage,
        draft: &Draft,
    ) -> Option<Response> {
        let carried = Carried {
            path: page.path().to_owned(),
            draft: draft.clone(),
        };
        let service = &self.app.service;
        let sealed = service.seal_for_browser(&self.authorization, &carried, TTL);
        match sealed.await {
            Ok(text) if text.expose().len() <= MOST_BYTES => {
                Some(self.leave_saying(location, text.expose()))
            }
            Ok(_) => None,
            Err(error) => Some(self.tell_application(&error)),
        }
    }

    /// What the browser carries to this page; a new draft if that is nothing.
    pub(super) async fn draft(&self, page: HostedPage) -> Draft {
        let Some(text) = self.cookies.note(self.headers) else {
            return Draft::default();
        };
        let service = &self.app.service;
        let opened = service.open_from_browser::<Carried>(&self.authorization, text);
        match opened.await {
            Ok(Some(carried)) if carried.path == page.path() => carried.draft,
            Ok(_) => Draft::default(),
            Err(error) => {
                tracing::warn!(request.id = %self.context.request_id,
                    "a page shows a form without what was typed: {error}");
                Draft::default()
            }
        }
    }
}
