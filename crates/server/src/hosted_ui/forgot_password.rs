//! `/forgotPassword`: the page that sends a code to who forgot the password.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_service::{ServiceError, has_password_reset};
use poolhouse_templates::ForgotPasswordPage;

use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
use super::page_problem::PageProblem;
use super::{login, typed_input};
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the page; where only administrators reset passwords, the sign-in page says so.
/// Source: AWS page "User pool endpoints".
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    if let Some(refusal) = refuse_where_not_offered(&hosted) {
        return refusal;
    }
    page(&hosted, hosted.login_hint(), hosted.told())
}

/// Sends the code.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let username = hosted.field("username");
    if let Err(problem) = hosted.check_genuine() {
        return page(&hosted, username, Some(problem));
    }
    if let Some(refusal) = refuse_where_not_offered(&hosted) {
        return refusal;
    }
    if !typed_input::is_username(username) {
        let problem = PageProblem::username_form();
        return page(&hosted, username, Some(problem));
    }
    let forgotten = app
        .service
        .hosted_forgot_password(&hosted.authorization, username)
        .await;
    match forgotten {
        Ok(reset) => hosted.carry_on(HostedPage::ConfirmForgotPassword, &reset.text, reset.ttl),
        Err(error) => match hosted.problem_of(&error) {
            Ok(problem) => page(&hosted, username, Some(problem)),
            Err(response) => *response,
        },
    }
}

/// The sign-in page, where users reset no passwords themselves.
pub(super) fn refuse_where_not_offered(hosted: &HostedRequest<'_>) -> Option<Response> {
    if has_password_reset(&hosted.authorization.pool) {
        return None;
    }
    let refusal = ServiceError::PasswordResetByAdministratorOnly;
    Some(login::refuse(hosted, "", &refusal))
}

fn page(hosted: &HostedRequest<'_>, username: &str, problem: Option<PageProblem>) -> Response {
    let typed = (!username.is_empty()).then_some(username);
    if let Some(later) = hosted.tell_later(HostedPage::ForgotPassword, typed, problem.as_ref()) {
        return later;
    }
    hosted.show(problem, |frame, problem| ForgotPasswordPage {
        frame,
        action: hosted.address(HostedPage::ForgotPassword),
        sign_in_path: hosted.address_for(HostedPage::SignIn, username),
        name_kind: login::name_kind(&hosted.authorization.pool),
        username: username.to_owned(),
        problem,
    })
}
