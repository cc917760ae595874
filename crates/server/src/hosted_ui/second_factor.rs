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

use super::draft::Draft;
use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
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
    let Some(pending) = hosted.pending_step() else {
        return hosted.start_over().await;
    };
    match app
        .service
        .awaits_hosted_software_token(&hosted.authorization, pending)
        .await
    {
        Ok(true) => {
            let draft = hosted.draft(HostedPage::SecondFactor).await;
            page(&hosted, draft).await
        }
        Ok(false) => hosted.start_over().await,
        Err(error) => hosted.tell_application(&error),
    }
}

/// Takes the code.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let Some(pending) = hosted.pending_step() else {
        return hosted.start_over().await;
    };
    if let Err(problem) = hosted.check_genuine() {
        return page(&hosted, Draft::default().with(problem)).await;
    }
    let authorization = &hosted.authorization;
    let signed_in = app
        .service
        .hosted_software_token(authorization, pending, &code_of(&hosted), hosted.session())
        .await;
    match signed_in {
        Ok(signed_in) => hosted.welcome(&signed_in),
        Err(error) => refuse(&hosted, &error).await,
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
async fn refuse(hosted: &HostedRequest<'_>, error: &ServiceError) -> Response {
    let can_try_again = matches!(
        error,
        ServiceError::SoftwareTokenCodeMismatch
            | ServiceError::SoftwareTokenCodeUsed
            | ServiceError::SecondFactorAttemptsExceeded
            | ServiceError::Busy
    );
    if can_try_again && let Ok(problem) = hosted.problem_of(error) {
        return page(hosted, Draft::default().with(problem)).await;
    }
    hosted.start_again(error).await
}

async fn page(hosted: &HostedRequest<'_>, draft: Draft) -> Response {
    if let Some(later) = hosted.tell_later(HostedPage::SecondFactor, &draft).await {
        return later;
    }
    hosted.show(draft.problem, |frame, problem| SecondFactorPage {
        frame,
        action: hosted.address(HostedPage::SecondFactor),
        sign_in_path: hosted.address(HostedPage::SignIn),
        problem,
    })
}
