//! A checked request for a page of a pool, and what every such page is made of.
//!
//! Everything that a form needs is in its address and is checked again when it is posted, so a
//! page that was open for long still works. The service cancels a request after five minutes; a
//! person who reads or types slowly would lose what they did (WCAG 2.2, criterion 2.2.1).

use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use poolhouse_model::SecretString;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::{Authorization, HostedSignIn, HostedStep, ServiceError};
use poolhouse_templates::{Branding, Frame, Language, Page, Problem};

use super::hosted_page::HostedPage;
use super::note::Note;
use super::page_problem::PageProblem;
use super::{
    Cookies, answer_failure, answer_target, branding, csrf, language, redirect, render, show_fact,
    typed_input,
};
use crate::app::App;
use crate::context::RequestContext;
use crate::oauth::FormRequest;
use crate::recent_events::Refusal;

/// The parameter by which an address fills a name in.
/// Source: OpenID Connect Core 1.0 section 3.1.2.1.
const LOGIN_HINT: &str = "login_hint";

/// A checked request for a page of a pool.
pub(super) struct HostedRequest<'a> {
    pub(super) app: &'a App,
    pub(super) context: &'a RequestContext,
    pub(super) headers: &'a HeaderMap,
    /// The authorization request, as the address has it.
    pub(super) parameters: Parameters,
    pub(super) authorization: Authorization,
    pub(super) cookies: Cookies,
    /// What was posted; nothing for a GET.
    form: Parameters,
    /// Whether a browser posted a form, to show what is answered.
    pub(super) is_posted_by_browser: bool,
    pub(super) language: Language,
    /// How the owner of the pool wants the page to look.
    pub(super) branding: Option<Branding>,
}

impl<'a> HostedRequest<'a> {
    /// Checks the authorization request in the address.
    /// # Errors
    /// The answer that leads to the application or to the error page.
    pub(super) async fn check(
        app: &'a App,
        request: &'a FormRequest,
    ) -> Result<Self, Box<Response>> {
        let parameters = request.query.clone().map_err(|error| {
            show_fact(app, &request.context, error.into(), &Parameters::default())
        })?;
        let authorization = app
            .service
            .check_authorization(parameters.clone(), request.host_pool())
            .await
            .map_err(|failure| answer_failure(app, request, &parameters, failure))?;
        let cookies = Cookies::of(app, &request.context, &authorization.pool.id);
        let (pool_id, client_id) = (&authorization.pool.id, &authorization.client.id);
        let branding = branding::of_client(app, pool_id, client_id)
            .await
            .map_err(|error| {
                answer_target(&request.context, &authorization.request.target, &error)
            })?;
        Ok(Self {
            app,
            context: &request.context,
            headers: &request.headers,
            language: language::choose(&parameters, &request.headers),
            form: request.form.clone().unwrap_or_default(),
            is_posted_by_browser: request.is_post && is_navigation(&request.headers),
            parameters,
            authorization,
            cookies,
            branding,
        })
    }

    /// The address of a page for the same authorization request, and for the same step of it.
    pub(super) fn address(&self, page: HostedPage) -> String {
        page.address(&self.parameters_of(page, self.pending_step()))
    }

    /// The address of a page for the same authorization request, with the name of who is asked
    /// for filled in there.
    pub(super) fn address_for(&self, page: HostedPage, username: &str) -> String {
        if !typed_input::is_username(username) {
            return self.address(page);
        }
        let parameters = self.parameters_of(page, self.pending_step());
        let parameters = parameters.without(&[LOGIN_HINT]);
        page.address(&parameters.with(LOGIN_HINT, username))
    }

    /// The name that the address fills in.
    pub(super) fn login_hint(&self) -> &str {
        let hint = self.authorization.request.login_hint.as_deref();
        hint.unwrap_or_default()
    }

    /// A posted field; empty if it is missing or comes twice.
    pub(super) fn field(&self, name: &str) -> &str {
        self.form.sole(name).unwrap_or_default()
    }

    /// Whether a field was posted, be it empty.
    pub(super) fn has_field(&self, name: &str) -> bool {
        self.form.contains(name)
    }

    /// The names of the posted fields.
    pub(super) fn field_names(&self) -> impl Iterator<Item = &str> {
        self.form.names()
    }

    /// A posted code as it was typed, without the blanks that are shown between its digits.
    pub(super) fn code_field(&self, name: &str) -> SecretString {
        let digits = self.field(name).chars();
        SecretString::new(digits.filter(|c| !c.is_whitespace()).collect::<String>())
    }

    /// The value of the session cookie that the browser sent.
    pub(super) fn session(&self) -> Option<&str> {
        self.cookies.session(self.headers)
    }

    /// Whether the posted form is one that this server gave to this browser; says so in the log if
    /// not.
    /// # Errors
    /// What the page says then.
    pub(super) fn check_genuine(&self) -> Result<(), PageProblem> {
        if csrf::check(self.context, self.headers, &self.cookies, &self.form) {
            return Ok(());
        }
        let has_cookie = self.cookies.csrf(self.headers).is_some();
        Err(if has_cookie {
            PageProblem::not_genuine()
        } else {
            PageProblem::cookies_missing()
        })
    }

    /// Answers with a page, for a browser that gets a CSRF token with it if it has none.
    pub(super) fn show<P: Page>(
        &self,
        problem: Option<PageProblem>,
        page: impl FnOnce(Frame, Option<Problem>) -> P,
    ) -> Response {
        let csrf_token = csrf::token_of(self.headers, &self.cookies, self.app.service.rng());
        let csrf_cookie = self.cookies.set_csrf(&csrf_token);
        let status = problem
            .as_ref()
            .map_or(StatusCode::OK, |problem| problem.status);
        let problem = problem.map(|problem| problem.tell(self.language));
        let note = self.cookies.note(self.headers).and_then(Note::named);
        let frame = Frame {
            language: self.language,
            application: self.authorization.client.name.clone(),
            csrf_token,
            branding: self.branding.clone(),
            note: note.map(|note| self.language.text(note.message())),
            is_dev: self.app.settings.is_dev,
        };
        let mut response = render(status, &page(frame, problem));
        let language_cookie = language::cookie(&self.parameters, self.cookies.is_secure());
        let shown_note = self.cookies.clear_note(self.headers);
        set_cookies(&mut response, [csrf_cookie, language_cookie, shown_note]);
        response
    }

    /// On to what a step of a sign-in leads to.
    pub(super) fn follow(&self, step: &HostedStep) -> Response {
        match step {
            HostedStep::SignedIn(signed_in) => self.welcome(signed_in),
            HostedStep::NewPassword(pending) => self.go_on(HostedPage::NewPassword, pending),
            HostedStep::SecondFactor(pending) => self.go_on(HostedPage::SecondFactor, pending),
            HostedStep::SetUp(pending) => self.go_on(HostedPage::SecondFactorSetup, pending),
            HostedStep::Confirmation(pending) => self.go_on(HostedPage::Confirm, pending),
        }
    }

    /// To another page, which says what went well.
    pub(super) fn leave(&self, location: &str, note: Note) -> Response {
        self.leave_saying(location, note.name())
    }

    /// To another page, to which the browser carries a text: the name of a note, or a draft.
    pub(super) fn leave_saying(&self, location: &str, text: &str) -> Response {
        let mut response = redirect(location);
        set_cookies(&mut response, [self.cookies.set_note(text)]);
        response
    }

    /// The same at the end of a step that waited.
    pub(super) fn finish(&self, location: &str, note: Note) -> Response {
        let mut response = self.leave(location, note);
        set_cookies(&mut response, [self.clear_pending_step()]);
        response
    }

    /// Back to the application, for a browser that is signed in already.
    pub(super) fn return_to_application(&self, location: &str) -> Response {
        let mut response = redirect(location);
        set_cookies(&mut response, [self.cookies.clear_note(self.headers)]);
        response
    }

    /// Back to the application, with a new session cookie and a new CSRF token.
    pub(super) fn welcome(&self, signed_in: &HostedSignIn) -> Response {
        let service = &self.app.service;
        let ttl = service.settings().browser_session_ttl;
        let mut response = redirect(&signed_in.location);
        set_cookies(
            &mut response,
            [
                self.cookies.set_session(&signed_in.cookie, ttl),
                self.cookies.set_csrf(&csrf::new_token(service.rng())),
                self.clear_pending_step(),
            ],
        );
        response
    }

    /// What a page says of a failure; an answer to the application for a fault of the server.
    /// # Errors
    /// That answer.
    pub(super) fn problem_of(&self, error: &ServiceError) -> Result<PageProblem, Box<Response>> {
        match PageProblem::of(error) {
            Some(problem) => {
                let told = problem.clone().tell(Language::English);
                let refusal = Refusal::for_the_log(error).with_text(&told.text);
                self.context.report.refused(refusal);
                tracing::info!(request.id = %self.context.request_id,
                    "a page refused what was sent: {error}");
                Ok(problem)
            }
            None => Err(Box::new(self.tell_application(error))),
        }
    }

    /// Tells the application that the server failed.
    pub(super) fn tell_application(&self, error: &ServiceError) -> Response {
        answer_target(self.context, &self.authorization.request.target, error)
    }
}

/// Source: W3C "Fetch Metadata Request Headers".
fn is_navigation(headers: &HeaderMap) -> bool {
    headers
        .get("sec-fetch-mode")
        .is_some_and(|mode| mode == "navigate")
}

/// Puts cookies on an answer.
pub(super) fn set_cookies<const N: usize>(
    response: &mut Response,
    cookies: [Option<HeaderValue>; N],
) {
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
