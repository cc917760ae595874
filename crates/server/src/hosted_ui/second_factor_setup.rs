//! `/mfaSetup`: the page that sets an authenticator app up where a pool demands one.
//!
//! Which sign-in waits for it is in a cookie; the same key is shown however often the page is
//! loaded, and never after the sign-in.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_service::ServiceError;
use poolhouse_templates::{AuthenticatorKey, SecondFactorSetupPage};

use super::draft::Draft;
use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
use super::second_factor;
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the page; a browser whose sign-in waits for no app goes to the sign-in page.
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let draft = hosted.draft(HostedPage::SecondFactorSetup).await;
    answer(&hosted, draft).await
}

/// Takes the first code of the app.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let Some(pending) = hosted.pending_step() else {
        return hosted.start_over().await;
    };
    if let Err(problem) = hosted.check_genuine() {
        return answer(&hosted, Draft::default().with(problem)).await;
    }
    let code = second_factor::code_of(&hosted);
    let finished = app
        .service
        .hosted_finish_setup(&hosted.authorization, pending, &code, hosted.session())
        .await;
    match finished {
        Ok(signed_in) => hosted.welcome(&signed_in),
        Err(error @ (ServiceError::SoftwareTokenSetUpFailed | ServiceError::Busy)) => {
            match hosted.problem_of(&error) {
                Ok(problem) => answer(&hosted, Draft::default().with(problem)).await,
                Err(response) => *response,
            }
        }
        Err(error) => hosted.start_again(&error).await,
    }
}

/// The page with the key that waits, or the sign-in page once that is over.
async fn answer(hosted: &HostedRequest<'_>, draft: Draft) -> Response {
    if let Some(later) = hosted
        .tell_later(HostedPage::SecondFactorSetup, &draft)
        .await
    {
        return later;
    }
    let Some(pending) = hosted.pending_step() else {
        return hosted.start_over().await;
    };
    let service = &hosted.app.service;
    let setup = match service.hosted_setup(&hosted.authorization, pending).await {
        Ok(setup) => setup,
        Err(error) => return hosted.start_again(&error).await,
    };
    hosted.show(draft.problem, |frame, problem| SecondFactorSetupPage {
        frame,
        action: hosted.address(HostedPage::SecondFactorSetup),
        sign_in_path: hosted.address(HostedPage::SignIn),
        key: AuthenticatorKey::new(setup.secret_code.expose(), setup.uri.expose()),
        problem,
    })
}
