//! `/newPassword`: the page that takes a new password in place of a temporary one.
//!
//! Which sign-in waits for it is in a cookie, so that the page can be loaded again.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_model::{AttributeSchema, SecretString};
use poolhouse_service::{NewPassword, ServiceError, SignUpField};
use poolhouse_templates::NewPasswordPage;

use super::draft::Draft;
use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
use super::page_problem::PageProblem;
use super::{password_demands, sign_up_form};
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the page; a browser that waits for no new password goes to the sign-in page.
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    match missing_attributes(&hosted).await {
        Ok(Some(missing)) => {
            let draft = hosted.draft(HostedPage::NewPassword).await;
            page(&hosted, &missing, draft).await
        }
        Ok(None) => hosted.start_over().await,
        Err(error) => hosted.start_again(&error).await,
    }
}

/// Takes the password, and the attributes that are missing.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    let missing = match missing_attributes(&hosted).await {
        Ok(Some(missing)) => missing,
        Ok(None) => return hosted.start_over().await,
        Err(error) => return hosted.start_again(&error).await,
    };
    let attributes = sign_up_form::posted(&hosted, &asked_for(&missing));
    let new = NewPassword {
        password: SecretString::from(hosted.field("password")),
        attributes,
    };
    if let Err(problem) = check(&hosted) {
        return page_again(&hosted, &missing, &new, problem).await;
    }
    let pending = hosted.pending_step().unwrap_or_default();
    let taken = app
        .service
        .hosted_new_password(&hosted.authorization, pending, &new, hosted.session())
        .await;
    match taken {
        Ok(step) => hosted.follow(&step),
        Err(error) if is_over(&error) => hosted.start_again(&error).await,
        Err(error) => match hosted.problem_of(&error) {
            Ok(problem) => page_again(&hosted, &missing, &new, problem).await,
            Err(response) => *response,
        },
    }
}

/// What the user lacks; `None` for a browser that carries no such sign-in.
async fn missing_attributes(
    hosted: &HostedRequest<'_>,
) -> Result<Option<Vec<AttributeSchema>>, ServiceError> {
    let Some(pending) = hosted.pending_step() else {
        return Ok(None);
    };
    let service = &hosted.app.service;
    let missing = service.hosted_missing_attributes(&hosted.authorization, pending);
    missing.await.map(Some)
}

fn asked_for(missing: &[AttributeSchema]) -> Vec<SignUpField<'_>> {
    let field = |attribute| SignUpField {
        attribute,
        is_optional: false,
    };
    missing.iter().map(field).collect()
}

/// Refuses a form of another browser, passwords that differ, and what the API would not read.
fn check(hosted: &HostedRequest<'_>) -> Result<(), PageProblem> {
    hosted.check_genuine()?;
    let password = hosted.field("password");
    if password != hosted.field("confirm_password") {
        return Err(PageProblem::passwords_differ());
    }
    password_demands::check_form(hosted, password)
}

/// Whether nothing that is typed on this page can help any more.
fn is_over(error: &ServiceError) -> bool {
    matches!(
        error,
        ServiceError::ChallengeSessionInvalid
            | ServiceError::ChallengeSessionExpired
            | ServiceError::ChallengeSessionUsed
            | ServiceError::UserDisabled
            | ServiceError::TemporaryPasswordExpired
            | ServiceError::FeatureNotServed(_)
    )
}

/// The page with what was typed and what is wrong.
async fn page_again(
    hosted: &HostedRequest<'_>,
    missing: &[AttributeSchema],
    new: &NewPassword,
    problem: PageProblem,
) -> Response {
    let draft = Draft {
        attributes: new.attributes.clone(),
        ..Draft::default()
    };
    let draft = draft.with_judged(problem, hosted, new.password.expose());
    page(hosted, missing, draft).await
}

async fn page(hosted: &HostedRequest<'_>, missing: &[AttributeSchema], draft: Draft) -> Response {
    if let Some(later) = hosted.tell_later(HostedPage::NewPassword, &draft).await {
        return later;
    }
    let refused_field = draft.refused_field().map(str::to_owned);
    hosted.show(draft.problem, |frame, problem| NewPasswordPage {
        action: hosted.address(HostedPage::NewPassword),
        sign_in_path: hosted.address(HostedPage::SignIn),
        fields: sign_up_form::shown(&asked_for(missing), &draft.attributes, frame.language),
        demands: password_demands::list(hosted, draft.unmet.as_deref()),
        refused_field,
        frame,
        problem,
    })
}
