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

use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
use super::note::Note;
use super::page_problem::PageProblem;
use super::{forgot_password, login, password_demands, typed_input};
use crate::app::App;
use crate::oauth::FormRequest;

/// What was typed.
#[derive(Default)]
struct Typed {
    username: String,
    code: String,
    password: String,
}

/// Shows the page.
/// Source: AWS page "User pool endpoints".
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    if let Some(refusal) = forgot_password::refuse_where_not_offered(&hosted) {
        return refusal;
    }
    answer(&hosted, Typed::default(), None).await
}

/// Sets the password.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let typed = Typed {
        username: hosted.field("username").to_owned(),
        code: hosted.code_field("code").expose().to_owned(),
        password: hosted.field("password").to_owned(),
    };
    if let Err(problem) = hosted.check_genuine() {
        return answer(&hosted, typed, Some(problem)).await;
    }
    if let Some(refusal) = forgot_password::refuse_where_not_offered(&hosted) {
        return refusal;
    }
    if let Err(problem) = check(&hosted, &typed) {
        return answer(&hosted, typed, Some(problem)).await;
    }
    let secrets = (
        SecretString::from(typed.code.as_str()),
        SecretString::from(typed.password.as_str()),
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
            Ok(problem) => answer(&hosted, typed, Some(problem)).await,
            Err(response) => *response,
        },
    }
}

/// Refuses what the API would not read, and passwords that differ.
fn check(hosted: &HostedRequest<'_>, typed: &Typed) -> Result<(), PageProblem> {
    if !typed_input::is_username(&typed.username) {
        return Err(PageProblem::username_form());
    }
    if !typed_input::is_code(&typed.code) {
        return Err(PageProblem::refused("problem-code-mismatch").at("code"));
    }
    if typed.password != hosted.field("confirm_password") {
        return Err(PageProblem::passwords_differ());
    }
    password_demands::check_form(hosted, &typed.password)
}

async fn answer(
    hosted: &HostedRequest<'_>,
    typed: Typed,
    problem: Option<PageProblem>,
) -> Response {
    let carried = hosted
        .app
        .service
        .find_hosted_reset(&hosted.authorization, hosted.pending_step())
        .await;
    match carried {
        Ok(carried) => page(hosted, typed, carried, problem),
        Err(error) => hosted.tell_application(&error),
    }
}

fn page(
    hosted: &HostedRequest<'_>,
    typed: Typed,
    carried: Option<ResetInProgress>,
    problem: Option<PageProblem>,
) -> Response {
    let is_carried =
        |reset: &ResetInProgress| typed.username.is_empty() || typed.username == reset.username;
    let carried = carried.filter(is_carried);
    let (known, destination) = match carried {
        Some(reset) => (reset.username, Some(reset.destination)),
        None => (hosted.login_hint().to_owned(), None),
    };
    let username = if typed.username.is_empty() {
        known
    } else {
        typed.username
    };
    let refused_field = problem.as_ref().and_then(PageProblem::field);
    let refused_field = refused_field.map(str::to_owned);
    let is_refused = |field: &str| refused_field.as_deref() == Some(field);
    let judged = is_refused("password").then_some(typed.password.as_str());
    // A code that was not looked at is not typed anew.
    let keeps_code = is_refused("password") || is_refused("confirm_password");
    let code = if keeps_code {
        typed.code
    } else {
        String::new()
    };
    hosted.show(problem, |frame, problem| ResetPasswordPage {
        frame,
        action: hosted.address(HostedPage::ConfirmForgotPassword),
        sign_in_path: hosted.address_for(HostedPage::SignIn, &username),
        forgot_password_path: hosted.address_for(HostedPage::ForgotPassword, &username),
        name_kind: login::name_kind(&hosted.authorization.pool),
        demands: password_demands::list(hosted, judged),
        username,
        code,
        destination,
        refused_field,
        problem,
    })
}
