//! `/confirm`: the page that takes the code of a sign-up; `/resendcode`, which sends another.
//!
//! The browser that proved the password carries whose sign-up it is, and is signed in by the code.
//! Any other names the user, and signs in afterwards.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_service::{ConfirmedOnThePage, HostedConfirmation, ServiceError};
use poolhouse_templates::{CodeWay, ConfirmSignUpPage};

use super::draft::Draft;
use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
use super::login;
use super::note::Note;
use super::page_problem::PageProblem;
use super::typed_input;
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the page.
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let draft = hosted.draft(HostedPage::Confirm).await;
    answer(&hosted, draft).await
}

/// Takes the code.
/// Source: scripts that drive the classic page; logs of the service.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let username = hosted.field("username");
    if let Err(problem) = hosted.check_genuine() {
        return answer(&hosted, Draft::of(username).with(problem)).await;
    }
    let code = hosted.code_field("code");
    if !typed_input::is_code(code.expose()) {
        return refuse(&hosted, username, &ServiceError::CodeMismatch).await;
    }
    let confirmed = app
        .service
        .hosted_confirm_sign_up(
            &hosted.authorization,
            hosted.pending_step(),
            (typed_name(username), code),
            hosted.session(),
        )
        .await;
    match confirmed {
        Ok(ConfirmedOnThePage::GoesOn(step)) => hosted.follow(&step),
        Ok(ConfirmedOnThePage::SignInNext) => sign_in_next(&hosted, username),
        Err(error) => refuse(&hosted, username, &error).await,
    }
}

/// Sends another code.
pub(super) async fn resend(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let username = hosted.field("username");
    if let Err(problem) = hosted.check_genuine() {
        return answer(&hosted, Draft::of(username).with(problem)).await;
    }
    let pending = hosted.pending_step();
    let sent = app
        .service
        .hosted_resend_confirmation_code(&hosted.authorization, pending, typed_name(username))
        .await;
    match sent {
        Ok(_) => {
            let location = hosted.address_for(HostedPage::Confirm, username);
            hosted.leave(&location, Note::CodeSent)
        }
        Err(error) => refuse(&hosted, username, &error).await,
    }
}

/// A typed name; one that no user can have is told as one that no user has.
fn typed_name(username: &str) -> &str {
    if typed_input::is_username(username) {
        username
    } else {
        ""
    }
}

fn sign_in_next(hosted: &HostedRequest<'_>, username: &str) -> Response {
    let location = hosted.address_for(HostedPage::SignIn, username);
    hosted.finish(&location, Note::Confirmed)
}

async fn refuse(hosted: &HostedRequest<'_>, username: &str, error: &ServiceError) -> Response {
    match hosted.problem_of(error) {
        // The form knew who it was for, and what the browser carried is over.
        Ok(_)
            if !hosted.has_field("username")
                && matches!(error, ServiceError::UsernameClientCombinationNotFound) =>
        {
            let draft = Draft::of(username).with(PageProblem::username_missing());
            answer(hosted, draft).await
        }
        Ok(problem) => answer(hosted, Draft::of(username).with(problem)).await,
        Err(response) => *response,
    }
}

/// The page for what the browser carries, or the sign-in page once that is over.
async fn answer(hosted: &HostedRequest<'_>, draft: Draft) -> Response {
    if let Some(later) = hosted.tell_later(HostedPage::Confirm, &draft).await {
        return later;
    }
    let username = draft.username_or_hint(hosted);
    let carried = hosted
        .app
        .service
        .find_hosted_confirmation(&hosted.authorization, hosted.pending_step())
        .await;
    let way = match carried {
        Ok(Some(HostedConfirmation::Over)) => return sign_in_next(hosted, username),
        Ok(Some(HostedConfirmation::Awaited { delivery, is_link })) if is_link => {
            CodeWay::Link(delivery.destination)
        }
        Ok(Some(HostedConfirmation::Awaited { delivery, .. })) => {
            CodeWay::Sent(delivery.destination)
        }
        Ok(None) => CodeWay::Unknown {
            username: username.to_owned(),
        },
        Err(error) => return hosted.tell_application(&error),
    };
    hosted.show(draft.problem, |frame, problem| ConfirmSignUpPage {
        frame,
        action: hosted.address(HostedPage::Confirm),
        resend_action: hosted.address(HostedPage::ResendCode),
        sign_in_path: hosted.address(HostedPage::SignIn),
        name_kind: login::name_kind(&hosted.authorization.pool),
        way,
        problem,
    })
}
