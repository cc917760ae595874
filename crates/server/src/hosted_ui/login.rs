//! `/login`: the page that asks for name and password.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_model::{ContactAttribute, SecretString, UserPool};
use poolhouse_service::{AuthorizationDecision, HostedPendingStep, HostedStep, ServiceError};
use poolhouse_templates::{NameKind, SignInPage};

use super::hosted_request::{HostedPage, HostedRequest, set_cookies};
use super::page_problem::PageProblem;
use super::redirect;
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the page; a browser that is signed in goes back to the application at once.
/// Source: AWS page "Login endpoint".
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let authorization = &hosted.authorization;
    match app
        .service
        .decide_authorization(authorization, hosted.session())
        .await
    {
        Ok(AuthorizationDecision::Redirect(location)) => redirect(&location),
        Ok(AuthorizationDecision::SignIn) => {
            let hint = authorization.request.login_hint.as_deref();
            page(&hosted, hint.unwrap_or_default(), None)
        }
        Err(error) => hosted.tell_application(&error),
    }
}

/// Takes name and password.
/// Source: scripts that drive the classic page; AWS page "Login endpoint".
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let username = hosted.field("username");
    if let Err(problem) = hosted.check_genuine() {
        return page(&hosted, username, Some(problem));
    }
    let password = SecretString::from(hosted.field("password"));
    let signed_in = app
        .service
        .hosted_sign_in(&hosted.authorization, username, &password, hosted.session())
        .await;
    match signed_in {
        Ok(HostedStep::SignedIn(signed_in)) => hosted.welcome(&signed_in),
        Ok(HostedStep::SecondFactor(pending)) => go_on(&hosted, HostedPage::SecondFactor, &pending),
        Err(error) => refuse(&hosted, username, &error),
    }
}

/// On to a page that takes the next step of a sign-in.
fn go_on(hosted: &HostedRequest<'_>, page: HostedPage, pending: &HostedPendingStep) -> Response {
    let mut response = redirect(&hosted.address(page));
    let cookie = hosted
        .cookies
        .set_pending_step(&pending.challenge_session, pending.ttl);
    set_cookies(&mut response, [cookie]);
    response
}

/// The page again, with what was wrong.
pub(super) fn refuse(hosted: &HostedRequest<'_>, username: &str, error: &ServiceError) -> Response {
    match hosted.problem_of(error) {
        Ok(problem) => page(hosted, username, Some(problem)),
        Err(response) => *response,
    }
}

fn page(hosted: &HostedRequest<'_>, username: &str, problem: Option<PageProblem>) -> Response {
    hosted.show(problem, |frame, problem| SignInPage {
        frame,
        action: hosted.address(HostedPage::SignIn),
        name_kind: name_kind(&hosted.authorization.pool),
        username: username.to_owned(),
        problem,
    })
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
