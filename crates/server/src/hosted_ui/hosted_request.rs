//! A checked request for a page of a pool, and what every such page is made of.
//!
//! Everything that a form needs is in its address and is checked again when it is posted, so a
//! page that was open for long still works. The service cancels a request after five minutes; a
//! person who reads or types slowly would lose what they did (WCAG 2.2, criterion 2.2.1).

use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use poolhouse_model::SecretString;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::{Authorization, HostedPendingStep, HostedSignIn, HostedStep, ServiceError};
use poolhouse_templates::{Branding, Frame, Language, Page, Problem};

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

/// The pages that share the query of an authorization request.
/// Source: AWS page "User pool endpoints". Inferred: the paths of the new password, the second
/// factor and its setting up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HostedPage {
    /// Name and password.
    SignIn,
    /// A new password in place of a temporary one.
    NewPassword,
    /// The code of an authenticator app.
    SecondFactor,
    /// The first code of a new authenticator app.
    SecondFactorSetup,
    /// A new account.
    SignUp,
    /// The code that confirms it.
    Confirm,
    /// Another such code.
    ResendCode,
    /// Whose password is forgotten.
    ForgotPassword,
    /// The code for a new one.
    ConfirmForgotPassword,
}

impl HostedPage {
    /// Where it is.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::SignIn => "/login",
            Self::NewPassword => "/newPassword",
            Self::SecondFactor => "/mfa",
            Self::SecondFactorSetup => "/mfaSetup",
            Self::SignUp => "/signup",
            Self::Confirm => "/confirm",
            Self::ResendCode => "/resendcode",
            Self::ForgotPassword => "/forgotPassword",
            Self::ConfirmForgotPassword => "/confirmforgotPassword",
        }
    }

    /// Where it is for a request.
    pub(super) fn address(self, parameters: &Parameters) -> String {
        format!("{}?{}", self.path(), parameters.encode())
    }
}

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
            parameters,
            authorization,
            cookies,
            branding,
        })
    }

    /// The address of a page for the same authorization request.
    pub(super) fn address(&self, page: HostedPage) -> String {
        page.address(&self.parameters)
    }

    /// The address of a page for the same authorization request, with the name of who is asked
    /// for filled in there.
    pub(super) fn address_for(&self, page: HostedPage, username: &str) -> String {
        if !typed_input::is_username(username) {
            return self.address(page);
        }
        let parameters = self.parameters.clone().without(&[LOGIN_HINT]);
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

    /// The names of the posted fields.
    pub(super) fn field_names(&self) -> impl Iterator<Item = &str> {
        self.form.names()
    }

    /// A posted code as it was typed, without the blanks that are shown between its digits.
    pub(super) fn code_field(&self, name: &str) -> SecretString {
        let digits = self.field(name).chars();
        SecretString::new(digits.filter(|c| !c.is_whitespace()).collect::<String>())
    }

    /// What the browser carries of a step that waits.
    pub(super) fn pending_step(&self) -> Option<&str> {
        self.cookies.pending_step(self.headers)
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
        Err(PageProblem::not_genuine())
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

    /// On to a page that takes the next step of a sign-in.
    fn go_on(&self, page: HostedPage, pending: &HostedPendingStep) -> Response {
        let mut response = redirect(&self.address(page));
        let cookies = &self.cookies;
        let cookie = cookies.set_pending_step(&pending.challenge_session, pending.ttl);
        set_cookies(&mut response, [cookie]);
        response
    }

    /// To another page, which says what went well.
    pub(super) fn leave(&self, location: &str, note: Note) -> Response {
        let mut response = redirect(location);
        set_cookies(&mut response, [self.cookies.set_note(note.name())]);
        response
    }

    /// The same at the end of a step that waited.
    pub(super) fn finish(&self, location: &str, note: Note) -> Response {
        let mut response = self.leave(location, note);
        let cleared = self.cookies.clear_pending_step(self.headers);
        set_cookies(&mut response, [cleared]);
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
                self.cookies.clear_pending_step(self.headers),
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

/// Puts cookies on an answer.
pub(super) fn set_cookies<const N: usize>(
    response: &mut Response,
    cookies: [Option<HeaderValue>; N],
) {
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
