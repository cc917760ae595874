//! `/login`: the page that asks for name and password.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_model::{ContactAttribute, SecretString, UserPool};
use poolhouse_service::{AuthorizationDecision, ServiceError, has_password_reset};
use poolhouse_templates::{NameKind, SignInPage};

use super::draft::Draft;
use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
use super::note::Note;
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the page; a browser that is signed in goes back to the application at once.
/// Source: AWS page "Login endpoint".
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let draft = hosted.draft(HostedPage::SignIn).await;
    let problem = draft.problem.as_ref();
    if problem.is_some_and(|problem| !problem.is_over()) {
        return page(&hosted, draft).await;
    }
    let authorization = &hosted.authorization;
    match app
        .service
        .decide_authorization(authorization, hosted.session())
        .await
    {
        Ok(AuthorizationDecision::Redirect(location)) => hosted.return_to_application(&location),
        Ok(AuthorizationDecision::SignIn) => page(&hosted, draft).await,
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
        return page(&hosted, Draft::of(username).with(problem)).await;
    }
    let password = SecretString::from(hosted.field("password"));
    let signed_in = app
        .service
        .hosted_sign_in(&hosted.authorization, username, &password, hosted.session())
        .await;
    match signed_in {
        Ok(step) => hosted.follow(&step),
        Err(ServiceError::PasswordResetRequired)
            if has_password_reset(&hosted.authorization.pool) =>
        {
            let location = hosted.address_for(HostedPage::ForgotPassword, username);
            hosted.leave(&location, Note::ResetRequired)
        }
        Err(error) => refuse(&hosted, username, &error).await,
    }
}

/// The page again, with what was wrong.
pub(super) async fn refuse(
    hosted: &HostedRequest<'_>,
    username: &str,
    error: &ServiceError,
) -> Response {
    match hosted.problem_of(error) {
        Ok(problem) => page(hosted, Draft::of(username).with(problem)).await,
        Err(response) => *response,
    }
}

/// The page, with what was typed and what was wrong.
async fn page(hosted: &HostedRequest<'_>, draft: Draft) -> Response {
    if let Some(later) = hosted.tell_later(HostedPage::SignIn, &draft).await {
        return later;
    }
    let username = draft.username_or_hint(hosted).to_owned();
    let pool = &hosted.authorization.pool;
    let has_sign_up = !pool.settings.allows_admin_create_user_only;
    hosted.show(draft.problem, |frame, problem| SignInPage {
        frame,
        action: hosted.address(HostedPage::SignIn),
        name_kind: name_kind(pool),
        sign_up_path: has_sign_up.then(|| hosted.address(HostedPage::SignUp)),
        forgot_password_path: has_password_reset(pool)
            .then(|| hosted.address_for(HostedPage::ForgotPassword, &username)),
        username,
        problem,
    })
}

/// What the users of a pool type as name.
pub(super) fn name_kind(pool: &UserPool) -> NameKind {
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
