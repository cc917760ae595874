//! `/forgotPassword`: the page that sends a code to who forgot the password.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_service::{ServiceError, has_password_reset};
use poolhouse_templates::ForgotPasswordPage;

use super::draft::Draft;
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
    if let Some(refusal) = refuse_where_not_offered(&hosted).await {
        return refusal;
    }
    let draft = hosted.draft(HostedPage::ForgotPassword).await;
    page(&hosted, draft).await
}

/// Sends the code.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let username = hosted.field("username");
    if let Err(problem) = hosted.check_genuine() {
        return page(&hosted, Draft::of(username).with(problem)).await;
    }
    if let Some(refusal) = refuse_where_not_offered(&hosted).await {
        return refusal;
    }
    if !typed_input::is_username(username) {
        let problem = PageProblem::username_form();
        return page(&hosted, Draft::of(username).with(problem)).await;
    }
    let forgotten = app
        .service
        .hosted_forgot_password(&hosted.authorization, username)
        .await;
    match forgotten {
        Ok(reset) => hosted.carry_on(HostedPage::ConfirmForgotPassword, &reset.text, reset.ttl),
        Err(error) => match hosted.problem_of(&error) {
            Ok(problem) => page(&hosted, Draft::of(username).with(problem)).await,
            Err(response) => *response,
        },
    }
}

/// The sign-in page, where users reset no passwords themselves.
pub(super) async fn refuse_where_not_offered(hosted: &HostedRequest<'_>) -> Option<Response> {
    if has_password_reset(&hosted.authorization.pool) {
        return None;
    }
    let refusal = ServiceError::PasswordResetByAdministratorOnly;
    Some(login::refuse(hosted, "", &refusal).await)
}

async fn page(hosted: &HostedRequest<'_>, draft: Draft) -> Response {
    if let Some(later) = hosted.tell_later(HostedPage::ForgotPassword, &draft).await {
        return later;
    }
    let username = draft.username_or_hint(hosted).to_owned();
    hosted.show(draft.problem, |frame, problem| ForgotPasswordPage {
        frame,
        action: hosted.address(HostedPage::ForgotPassword),
        sign_in_path: hosted.address_for(HostedPage::SignIn, &username),
        name_kind: login::name_kind(&hosted.authorization.pool),
        username,
        problem,
    })
}
