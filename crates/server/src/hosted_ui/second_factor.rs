//! `/mfa`: the page that asks for a code of an authenticator app after the password.
//!
//! The address holds the request, as that of the sign-in page does, and is checked again. Which
//! sign-in waits for its code is in a cookie, so that the page can be loaded again.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use poolhouse_model::SecretString;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::ServiceError;
use poolhouse_templates::SecondFactorPage;

use super::login::{Login, set_cookies};
use super::sign_in_problem::SignInProblem;
use super::{answer_target, csrf, redirect, render};
use crate::app::App;
use crate::oauth::FormRequest;

/// Where the page is.
/// Inferred: the service's own path.
pub(super) const PATH: &str = "/mfa";

/// Names of the field: our own page has the first.
/// Source: scripts that drive the service's pages try these.
const FIELDS: [&str; 3] = ["totpCode", "SOFTWARE_TOKEN_MFA_CODE", "code"];

/// Shows the page; a browser that waits for no code goes to the sign-in page.
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let login = match Login::check(&app, &request).await {
        Ok(login) => login,
        Err(response) => return *response,
    };
    let Some(session) = login.cookies.second_factor(&request.headers) else {
        return start_again(&login);
    };
    let authorization = &login.authorization;
    match app
        .service
        .awaits_hosted_software_token(authorization, session)
        .await
    {
        Ok(true) => page(&login, &request.headers, None),
        Ok(false) => start_again(&login),
        Err(error) => answer_target(&request.context, &authorization.request.target, &error),
    }
}

/// Takes the code.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let login = match Login::check(&app, &request).await {
        Ok(login) => login,
        Err(response) => return *response,
    };
    let Some(session) = login.cookies.second_factor(&request.headers) else {
        return start_again(&login);
    };
    let form = request.form.clone().unwrap_or_default();
    if !csrf::is_genuine(&request.headers, &login.cookies, &form) {
        tracing::info!(request.id = %request.context.request_id,
            "the page for the second factor refused a form without the token of its browser");
        let problem = SignInProblem::not_genuine();
        return page(&login, &request.headers, Some(problem));
    }
    let browser_session = login.cookies.session(&request.headers);
    let signed_in = app
        .service
        .hosted_software_token(
            &login.authorization,
            session,
            &code_of(&form),
            browser_session,
        )
        .await;
    match signed_in {
        Ok(signed_in) => {
            let mut response = login.welcome(&signed_in);
            set_cookies(&mut response, [login.cookies.clear_second_factor()]);
            response
        }
        Err(error) => refuse(&login, &request, &error),
    }
}

/// The code as it was typed, without the blanks that apps show between its digits.
fn code_of(form: &Parameters) -> SecretString {
    let field = FIELDS
        .iter()
        .find_map(|name| form.single(name).ok().flatten());
    let digits = field.unwrap_or_default().chars();
    SecretString::new(digits.filter(|c| !c.is_whitespace()).collect::<String>())
}

/// What can be tried again is told on this page; everything else leads back to the password.
fn refuse(login: &Login<'_>, request: &FormRequest, error: &ServiceError) -> Response {
    let can_try_again = matches!(
        error,
        ServiceError::SoftwareTokenCodeMismatch
            | ServiceError::SoftwareTokenCodeUsed
            | ServiceError::SecondFactorAttemptsExceeded
            | ServiceError::Busy
    );
    let problem = SignInProblem::of(error).filter(|_| can_try_again);
    if let Some(problem) = problem {
        tracing::info!(request.id = %request.context.request_id,
            "the page for the second factor refused a code: {error}");
        return page(login, &request.headers, Some(problem));
    }
    let mut response = login.refuse(request, "", error);
    set_cookies(&mut response, [login.cookies.clear_second_factor()]);
    response
}

fn start_again(login: &Login<'_>) -> Response {
    redirect(&sign_in_path(login))
}

fn sign_in_path(login: &Login<'_>) -> String {
    format!("/login?{}", login.parameters.encode())
}

fn page(login: &Login<'_>, headers: &HeaderMap, problem: Option<SignInProblem>) -> Response {
    let token = csrf::token_of(headers, &login.cookies, login.app.service.rng());
    let cookie = login.cookies.set_csrf(&token);
    let status = problem
        .as_ref()
        .map_or(StatusCode::OK, |problem| problem.status);
    let page = SecondFactorPage {
        action: format!("{PATH}?{}", login.parameters.encode()),
        csrf_token: token,
        application: login.authorization.client.name.clone(),
        sign_in_path: sign_in_path(login),
        is_refused: problem.as_ref().is_some_and(|problem| problem.is_refused),
        problem: problem.map(|problem| problem.text),
    };
    let mut response = render(status, &page);
    set_cookies(&mut response, [cookie]);
    response
}
