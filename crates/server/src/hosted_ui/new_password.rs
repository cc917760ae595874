//! `/newPassword`: the page that takes a new password in place of a temporary one.
//!
//! Which sign-in waits for it is in a cookie, so that the page can be loaded again.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use poolhouse_model::{AttributeSchema, Attributes, SecretString};
use poolhouse_service::{NewPassword, ServiceError, SignUpField};
use poolhouse_templates::NewPasswordPage;

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
        Ok(Some(missing)) => page(&hosted, &missing, &Attributes::new(), None),
        Ok(None) => hosted.start_over(),
        Err(error) => hosted.start_again(&error),
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
        Ok(None) => return hosted.start_over(),
        Err(error) => return hosted.start_again(&error),
    };
    let attributes = sign_up_form::posted(&hosted, &asked_for(&missing));
    if let Err(problem) = check(&hosted) {
        return page(&hosted, &missing, &attributes, Some(problem));
    }
    let new = NewPassword {
        password: SecretString::from(hosted.field("password")),
        attributes,
    };
    let pending = hosted.pending_step().unwrap_or_default();
    let taken = app
        .service
        .hosted_new_password(&hosted.authorization, pending, &new, hosted.session())
        .await;
    match taken {
        Ok(step) => hosted.follow(&step),
        Err(error) if is_over(&error) => hosted.start_again(&error),
        Err(error) => match hosted.problem_of(&error) {
            Ok(problem) => page(&hosted, &missing, &new.attributes, Some(problem)),
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

fn page(
    hosted: &HostedRequest<'_>,
    missing: &[AttributeSchema],
    attributes: &Attributes,
    problem: Option<PageProblem>,
) -> Response {
    let refused_field = problem.as_ref().and_then(PageProblem::field);
    let refused_field = refused_field.map(str::to_owned);
    let is_password = refused_field.as_deref() == Some("password");
    let judged = is_password.then(|| hosted.field("password"));
    hosted.show(problem, |frame, problem| NewPasswordPage {
        action: hosted.address(HostedPage::NewPassword),
        sign_in_path: hosted.address(HostedPage::SignIn),
        fields: sign_up_form::shown(&asked_for(missing), attributes, frame.language),
        demands: password_demands::list(hosted, judged),
        refused_field,
        frame,
        problem,
    })
}
