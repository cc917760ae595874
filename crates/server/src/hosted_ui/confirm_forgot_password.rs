//! `/confirmforgotPassword`: the page that takes the code and a new password.
//!
//! Whose password it is comes with the form, and proves nothing: the code does. What the browser
//! carries from the page before only fills the name in.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_model::SecretString;
use poolhouse_service::ResetInProgress;
use poolhouse_templates::ResetPasswordPage;

use super::draft::Draft;
use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
use super::note::Note;
use super::page_problem::PageProblem;
use super::{forgot_password, login, password_demands, typed_input};
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the page.
/// Source: AWS page "User pool endpoints".
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    if let Some(refusal) = forgot_password::refuse_where_not_offered(&hosted).await {
        return refusal;
    }
    let draft = hosted.draft(HostedPage::ConfirmForgotPassword).await;
    answer(&hosted, draft).await
}

/// Sets the password.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let typed = Draft {
        code: hosted.code_field("code").expose().to_owned(),
        ..Draft::of(hosted.field("username"))
    };
    if let Err(problem) = hosted.check_genuine() {
        return answer(&hosted, typed.with(problem)).await;
    }
    if let Some(refusal) = forgot_password::refuse_where_not_offered(&hosted).await {
        return refusal;
    }
    let password = hosted.field("password");
    if let Err(problem) = check(&hosted, &typed, password) {
        return answer(&hosted, typed.with_judged(problem, &hosted, password)).await;
    }
    let secrets = (
        SecretString::from(typed.code.as_str()),
        SecretString::from(password),
    );
    let reset = app
        .service
        .hosted_confirm_forgot_password(&hosted.authorization, &typed.username, secrets)
        .await;
    match reset {
        Ok(()) => {
            let location = hosted.address_for(HostedPage::SignIn, &typed.username);
            hosted.finish(&location, Note::PasswordChanged)
        }
        Err(error) => match hosted.problem_of(&error) {
            Ok(problem) => answer(&hosted, typed.with_judged(problem, &hosted, password)).await,
            Err(response) => *response,
        },
    }
}

/// Refuses what the API would not read, and passwords that differ.
fn check(hosted: &HostedRequest<'_>, typed: &Draft, password: &str) -> Result<(), PageProblem> {
    if !typed_input::is_username(&typed.username) {
        return Err(PageProblem::username_form());
    }
    if !typed_input::is_code(&typed.code) {
        return Err(PageProblem::refused("problem-code-mismatch").at("code"));
    }
    if password != hosted.field("confirm_password") {
        return Err(PageProblem::passwords_differ());
    }
    password_demands::check_form(hosted, password)
}

async fn answer(hosted: &HostedRequest<'_>, mut draft: Draft) -> Response {
    // A code that was looked at is typed anew.
    let keeps_code = matches!(draft.refused_field(), Some("password" | "confirm_password"));
    if !keeps_code {
        draft.code.clear();
    }
    let this = HostedPage::ConfirmForgotPassword;
    if let Some(later) = hosted.tell_later(this, &draft).await {
        return later;
    }
    let carried = hosted
        .app
        .service
        .find_hosted_reset(&hosted.authorization, hosted.pending_step())
        .await;
    match carried {
        Ok(carried) => page(hosted, draft, carried),
        Err(error) => hosted.tell_application(&error),
    }
}

fn page(hosted: &HostedRequest<'_>, draft: Draft, carried: Option<ResetInProgress>) -> Response {
    let is_carried =
        |reset: &ResetInProgress| draft.username.is_empty() || draft.username == reset.username;
    let (username, destination) = match carried.filter(is_carried) {
        Some(reset) => (reset.username, Some(reset.destination)),
        None => (draft.username_or_hint(hosted).to_owned(), None),
    };
    let refused_field = draft.refused_field().map(str::to_owned);
    hosted.show(draft.problem, |frame, problem| ResetPasswordPage {
        frame,
        action: hosted.address(HostedPage::ConfirmForgotPassword),
        sign_in_path: hosted.address_for(HostedPage::SignIn, &username),
        forgot_password_path: hosted.address_for(HostedPage::ForgotPassword, &username),
        name_kind: login::name_kind(&hosted.authorization.pool),
        demands: password_demands::list(hosted, draft.unmet.as_deref()),
        username,
        code: draft.code,
        destination,
        refused_field,
        problem,
    })
}
