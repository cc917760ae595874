//! `/login`: the page that asks for name and password.
//!
//! Everything that the form needs is in its address and is checked again when it is posted, so a
//! page that was open for long still works. The service cancels a request after five minutes; a
//! person who reads or types slowly would lose what they did (WCAG 2.2, criterion 2.2.1).

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use poolhouse_model::{ContactAttribute, SecretString, UserPool};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::{
    Authorization, AuthorizationDecision, HostedSecondFactor, HostedSignIn, HostedStep,
    ServiceError,
};
use poolhouse_templates::{NameKind, SignInPage};

use super::sign_in_problem::SignInProblem;
use super::{
    Cookies, answer_failure, answer_target, csrf, redirect, render, second_factor, show_fact,
};
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the page; a browser that is signed in goes back to the application at once.
/// Source: AWS page "Login endpoint".
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let login = match Login::check(&app, &request).await {
        Ok(login) => login,
        Err(response) => return *response,
    };
    let session = login.cookies.session(&request.headers);
    let authorization = &login.authorization;
    match app
        .service
        .decide_authorization(authorization, session)
        .await
    {
        Ok(AuthorizationDecision::Redirect(location)) => redirect(&location),
        Ok(AuthorizationDecision::SignIn) => {
            let hint = authorization.request.login_hint.as_deref();
            login.page(&request.headers, hint.unwrap_or_default(), None)
        }
        Err(error) => answer_target(&request.context, &authorization.request.target, &error),
    }
}

/// Takes name and password.
/// Source: scripts that drive the classic page; AWS page "Login endpoint".
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let login = match Login::check(&app, &request).await {
        Ok(login) => login,
        Err(response) => return *response,
    };
    let form = request.form.clone().unwrap_or_default();
    let text = |name| form.single(name).ok().flatten().unwrap_or_default();
    let username = text("username");
    if !csrf::is_genuine(&request.headers, &login.cookies, &form) {
        tracing::info!(request.id = %request.context.request_id,
            "the sign-in page refused a form without the token of its browser");
        let problem = SignInProblem::not_genuine();
        return login.page(&request.headers, username, Some(problem));
    }
    let password = SecretString::from(text("password"));
    let session = login.cookies.session(&request.headers);
    let signed_in = app
        .service
        .hosted_sign_in(&login.authorization, username, &password, session)
        .await;
    match signed_in {
        Ok(HostedStep::SignedIn(signed_in)) => login.welcome(&signed_in),
        Ok(HostedStep::SecondFactor(due)) => login.go_on(&due),
        Err(error) => login.refuse(&request, username, &error),
    }
}

/// A checked request for the sign-in page.
pub(super) struct Login<'a> {
    pub(super) app: &'a App,
    pub(super) parameters: Parameters,
    pub(super) authorization: Authorization,
    pub(super) cookies: Cookies,
}

impl<'a> Login<'a> {
    pub(super) async fn check(app: &'a App, request: &FormRequest) -> Result<Self, Box<Response>> {
        let parameters = request
            .query
            .clone()
            .map_err(|error| show_fact(app, error.into(), &Parameters::default()))?;
        let authorization = app
            .service
            .check_authorization(parameters.clone(), request.host_pool())
            .await
            .map_err(|failure| answer_failure(app, &request.context, &parameters, failure))?;
        let cookies = Cookies::of(app, &request.context, &authorization.pool.id);
        Ok(Self {
            app,
            parameters,
            authorization,
            cookies,
        })
    }

    /// The page, for a browser that gets a CSRF token with it if it has none.
    pub(super) fn page(
        &self,
        headers: &HeaderMap,
        username: &str,
        problem: Option<SignInProblem>,
    ) -> Response {
        let token = csrf::token_of(headers, &self.cookies, self.app.service.rng());
        let cookie = self.cookies.set_csrf(&token);
        let status = problem
            .as_ref()
            .map_or(StatusCode::OK, |problem| problem.status);
        let page = SignInPage {
            action: format!("/login?{}", self.parameters.encode()),
            csrf_token: token,
            application: self.authorization.client.name.clone(),
            name_kind: name_kind(&self.authorization.pool),
            username: username.to_owned(),
            is_refused: problem.as_ref().is_some_and(|problem| problem.is_refused),
            problem: problem.map(|problem| problem.text),
            is_dev: self.app.settings.is_dev,
        };
        let mut response = render(status, &page);
        set_cookies(&mut response, [cookie]);
        response
    }

    /// On to the page that asks for the second factor.
    fn go_on(&self, due: &HostedSecondFactor) -> Response {
        let path = format!("{}?{}", second_factor::PATH, self.parameters.encode());
        let mut response = redirect(&path);
        let cookie = self
            .cookies
            .set_second_factor(&due.challenge_session, due.ttl);
        set_cookies(&mut response, [cookie]);
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
            ],
        );
        response
    }

    pub(super) fn refuse(
        &self,
        request: &FormRequest,
        username: &str,
        error: &ServiceError,
    ) -> Response {
        match SignInProblem::of(error) {
            Some(problem) => {
                tracing::info!(request.id = %request.context.request_id,
                    "the sign-in page refused a sign-in: {error}");
                self.page(&request.headers, username, Some(problem))
            }
            None => answer_target(&request.context, &self.authorization.request.target, error),
        }
    }
}

pub(super) fn set_cookies<const N: usize>(
    response: &mut Response,
    cookies: [Option<HeaderValue>; N],
) {
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// What the users of a pool type as name.
fn name_kind(pool: &UserPool) -> NameKind {
    let is_name = |attribute| pool.settings.username_attributes.contains(&attribute);
    match (
        is_name(ContactAttribute::Email),
        is_name(ContactAttribute::PhoneNumber),
    ) {
        (true, true) => NameKind::EmailOrPhoneNumber,
        (true, false) => NameKind::Email,
        (false, true) => NameKind::PhoneNumber,
        (false, false) => NameKind::Username,
    }
}
