//! The steps of what is under way on the pages: which one a page is about, the next, and the way back
//! to the first.

use axum::response::Response;
use http::HeaderValue;
use poolhouse_model::{SecretString, Ttl};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::{HostedPendingStep, ServiceError};

use super::draft::Draft;
use super::hosted_page::HostedPage;
use super::hosted_request::{HostedRequest, set_cookies};
use super::note::Note;
use super::page_problem::PageProblem;
use super::{login, pending_steps, redirect};

/// The longest that a step waits: that of a code which comes by mail.
const LONGEST_STEP: Ttl = Ttl::from_hours(1);

impl HostedRequest<'_> {
    pub(super) fn parameters_of(&self, page: HostedPage, step: Option<&str>) -> Parameters {
        let parameters = self.parameters.clone();
        let parameters = parameters.without(&[pending_steps::PARAMETER]);
        match step.filter(|_| page.takes_step()) {
            Some(text) => parameters.with(pending_steps::PARAMETER, &pending_steps::name_of(text)),
            None => parameters,
        }
    }

    /// What the browser carries of the step that the page is about: the one that the address
    /// names, or the newest where it names none.
    pub(super) fn pending_step(&self) -> Option<&str> {
        match self.step_name() {
            Some(_) => self.named_step(),
            None => self.cookies.pending_steps(self.headers).newest(),
        }
    }

    fn step_name(&self) -> Option<&str> {
        self.parameters.sole(pending_steps::PARAMETER)
    }

    fn named_step(&self) -> Option<&str> {
        let steps = self.cookies.pending_steps(self.headers);
        steps.named(self.step_name()?)
    }

    /// The step that the address names is over: takes it away from the browser, and none of another
    /// tab.
    pub(super) fn clear_pending_step(&self) -> Option<HeaderValue> {
        let steps = self.cookies.pending_steps(self.headers);
        let steps = steps.without(self.named_step()?);
        self.cookies.set_pending_steps(&steps, LONGEST_STEP)
    }

    /// On to a page that takes the next step of a sign-in.
    pub(super) fn go_on(&self, page: HostedPage, pending: &HostedPendingStep) -> Response {
        self.carry_on(page, &pending.challenge_session, pending.ttl)
    }

    /// On to a page that takes a step, whose sealed text the browser carries there in place of
    /// that of the step before.
    pub(super) fn carry_on(&self, page: HostedPage, text: &SecretString, ttl: Ttl) -> Response {
        let parameters = self.parameters_of(page, Some(text.expose()));
        let mut response = redirect(&page.address(&parameters));
        let steps = self.cookies.pending_steps(self.headers);
        let steps = steps.without(self.named_step().unwrap_or_default());
        let ttl = if steps.newest().is_some() {
            LONGEST_STEP
        } else {
            ttl
        };
        let cookie = self
            .cookies
            .set_pending_steps(&steps.with(text.expose()), ttl);
        set_cookies(&mut response, [cookie]);
        response
    }

    /// To the sign-in page, which says why what was under way here begins anew; a browser that is
    /// signed in meanwhile goes on to the application.
    pub(super) async fn start_again(&self, error: &ServiceError) -> Response {
        let sign_in = self.address(HostedPage::SignIn);
        let mut response = match error {
            ServiceError::ChallengeSessionUsed => self.leave(&sign_in, Note::Done),
            ServiceError::ChallengeSessionInvalid | ServiceError::ChallengeSessionExpired => {
                self.leave_over(&sign_in).await
            }
            _ => login::refuse(self, "", error).await,
        };
        tracing::info!(request.id = %self.context.request_id,
            "a page led back to the sign-in: {error}");
        set_cookies(&mut response, [self.clear_pending_step()]);
        response
    }

    async fn leave_over(&self, location: &str) -> Response {
        let draft = Draft::default().with(PageProblem::over());
        let left = self.leave_with(location, HostedPage::SignIn, &draft).await;
        left.unwrap_or_else(|| redirect(location))
    }

    /// To the sign-in page, from one that is about no step of this browser.
    pub(super) async fn start_over(&self) -> Response {
        let sign_in = self.address(HostedPage::SignIn);
        match self.step_name() {
            // What the address names was there.
            Some(_) => self.leave_over(&sign_in).await,
            None => redirect(&sign_in),
        }
    }
}
