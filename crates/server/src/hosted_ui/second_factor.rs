//! `/mfa`: the page that asks for a code of an authenticator app after the password.
//!
//! The address holds the request, as that of the sign-in page does, and is checked again. Which
//! sign-in waits for its code is in a cookie, so that the page can be loaded again.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_model::SecretString;
use poolhouse_service::ServiceError;
use poolhouse_templates::SecondFactorPage;

use super::hosted_request::{HostedPage, HostedRequest, set_cookies};
use super::page_problem::PageProblem;
use super::{login, redirect};
use crate::app::App;
use crate::oauth::FormRequest;

/// Names of the field: our own page has the first.
/// Source: scripts that drive the service's pages try these.
const FIELDS: [&str; 3] = ["totpCode", "SOFTWARE_TOKEN_MFA_CODE", "code"];

/// Shows the page; a browser that waits for no code goes to the sign-in page.
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let Some(pending) = hosted.cookies.pending_step(hosted.headers) else {
        return start_again(&hosted);
    };
    match app
        .service
        .awaits_hosted_software_token(&hosted.authorization, pending)
        .await
    {
        Ok(true) => page(&hosted, None),
        Ok(false) => start_again(&hosted),
        Err(error) => hosted.tell_application(&error),
    }
}

/// Takes the code.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let Some(pending) = hosted.cookies.pending_step(hosted.headers) else {
        return start_again(&hosted);
    };
    if let Err(problem) = hosted.check_genuine() {
        return page(&hosted, Some(problem));
    }
    let authorization = &hosted.authorization;
    let signed_in = app
        .service
        .hosted_software_token(authorization, pending, &code_of(&hosted), hosted.session())
        .await;
    match signed_in {
        Ok(signed_in) => hosted.welcome(&signed_in),
        Err(error) => refuse(&hosted, &error),
    }
}

/// The code as it was typed, without the blanks that apps show between its digits.
pub(super) fn code_of(hosted: &HostedRequest<'_>) -> SecretString {
    let mut fields = FIELDS.iter().map(|name| hosted.field(name));
    let digits = fields.find(|field| !field.is_empty()).unwrap_or_default();
    SecretString::new(
        digits
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>(),
    )
}

/// What can be tried again is told on this page; everything else leads back to the password.
fn refuse(hosted: &HostedRequest<'_>, error: &ServiceError) -> Response {
    let can_try_again = matches!(
        error,
        ServiceError::SoftwareTokenCodeMismatch
            | ServiceError::SoftwareTokenCodeUsed
            | ServiceError::SecondFactorAttemptsExceeded
            | ServiceError::Busy
    );
    if can_try_again && let Ok(problem) = hosted.problem_of(error) {
        return page(hosted, Some(problem));
    }
    let mut response = login::refuse(hosted, "", error);
    let cleared = hosted.cookies.clear_pending_step(hosted.headers);
    set_cookies(&mut response, [cleared]);
    response
}

fn start_again(hosted: &HostedRequest<'_>) -> Response {
    redirect(&hosted.address(HostedPage::SignIn))
}

fn page(hosted: &HostedRequest<'_>, problem: Option<PageProblem>) -> Response {
    hosted.show(problem, |frame, problem| SecondFactorPage {
        frame,
        action: hosted.address(HostedPage::SecondFactor),
        sign_in_path: hosted.address(HostedPage::SignIn),
        problem,
    })
}
