//! `/signup`: the page that makes an account.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use poolhouse_model::SecretString;
use poolhouse_service::{HostedSignUp, ServiceError, SignedUpOnThePage};
use poolhouse_templates::{ErrorPage, Explanation, SignUpPage};

use super::draft::Draft;
use super::hosted_page::HostedPage;
use super::hosted_request::HostedRequest;
use super::page_problem::PageProblem;
use super::{login, password_demands, redirect, render, sign_up_form, typed_input};
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows the page; where only administrators make users, the sign-in page says so.
/// Source: AWS page "User pool endpoints".
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    if let Some(refusal) = refuse_where_not_permitted(&hosted).await {
        return refusal;
    }
    let draft = hosted.draft(HostedPage::SignUp).await;
    page(&hosted, draft).await
}

/// Makes the account.
/// Source: scripts that drive the classic page; logs of the service.
pub(super) async fn submit(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let hosted = match HostedRequest::check(&app, &request).await {
        Ok(hosted) => hosted,
        Err(response) => return *response,
    };
    if let Some(refusal) = refuse_where_not_permitted(&hosted).await {
        return refusal;
    }
    let filled_in = HostedSignUp {
        username: hosted.field("username").to_owned(),
        password: SecretString::from(hosted.field("password")),
        attributes: sign_up_form::posted_attributes(&hosted),
    };
    if let Err(problem) = check(&hosted, &filled_in) {
        return page_again(&hosted, &filled_in, problem).await;
    }
    let (pending, session) = (hosted.pending_step(), hosted.session());
    let signed_up = app
        .service
        .hosted_sign_up(&hosted.authorization, filled_in.clone(), pending, session)
        .await;
    match signed_up {
        Ok(SignedUpOnThePage::GoesOn(step)) => hosted.follow(&step),
        Ok(SignedUpOnThePage::Before) => redirect(&hosted.address(HostedPage::Confirm)),
        Ok(SignedUpOnThePage::NotConfirmable) => not_confirmable(&hosted),
        Err(error) => refuse(&hosted, &filled_in, &error).await,
    }
}

/// The sign-in page, where only administrators make users.
async fn refuse_where_not_permitted(hosted: &HostedRequest<'_>) -> Option<Response> {
    let settings = &hosted.authorization.pool.settings;
    if !settings.allows_admin_create_user_only {
        return None;
    }
    Some(login::refuse(hosted, "", &ServiceError::SignUpNotPermitted).await)
}

/// Refuses a form of another browser, and what the API would not read.
fn check(hosted: &HostedRequest<'_>, filled_in: &HostedSignUp) -> Result<(), PageProblem> {
    hosted.check_genuine()?;
    if !typed_input::is_username(&filled_in.username) {
        return Err(PageProblem::username_form());
    }
    password_demands::check_form(hosted, filled_in.password.expose())
}

async fn refuse(
    hosted: &HostedRequest<'_>,
    filled_in: &HostedSignUp,
    error: &ServiceError,
) -> Response {
    match hosted.problem_of(error) {
        // Of what is typed here, the texts that name no field are about the name.
        Ok(problem) if matches!(error, ServiceError::InvalidInput(_)) => {
            page_again(hosted, filled_in, problem.at("username")).await
        }
        Ok(problem) => page_again(hosted, filled_in, problem).await,
        Err(response) => *response,
    }
}

/// The account is there, but nobody is sent anything that could confirm it.
/// Source: AWS page "User pool managed login": an error page, though the user was made.
/// Inferred: what is on it.
fn not_confirmable(hosted: &HostedRequest<'_>) -> Response {
    let explanation = Explanation {
        fact: "The user was made, but nothing is sent that could confirm it: of the attributes \
               that the pool verifies (AutoVerifiedAttributes) the user has none."
            .to_owned(),
        comparison: None,
        remedy: "Let the pool verify an attribute that it requires, such as email, or confirm \
                 users by AdminConfirmSignUp."
            .to_owned(),
    };
    let page = ErrorPage {
        language: hosted.language,
        heading: ErrorPage::REFUSED,
        detail: hosted.language.text("problem-user-not-confirmed"),
        reference: hosted.context.request_id.clone(),
        branding: hosted.branding.clone(),
        is_signed_out: false,
        explanation: hosted.app.settings.is_dev.then_some(explanation),
    };
    render(StatusCode::BAD_REQUEST, &page)
}

/// The page with what was typed and what is wrong.
async fn page_again(
    hosted: &HostedRequest<'_>,
    filled_in: &HostedSignUp,
    problem: PageProblem,
) -> Response {
    let draft = Draft {
        attributes: filled_in.attributes.clone(),
        ..Draft::of(&filled_in.username)
    };
    let draft = draft.with_judged(problem, hosted, filled_in.password.expose());
    page(hosted, draft).await
}

async fn page(hosted: &HostedRequest<'_>, draft: Draft) -> Response {
    if let Some(later) = hosted.tell_later(HostedPage::SignUp, &draft).await {
        return later;
    }
    let pool = &hosted.authorization.pool;
    let username = draft.username_or_hint(hosted).to_owned();
    let refused_field = draft.refused_field().map(str::to_owned);
    hosted.show(draft.problem, |frame, problem| SignUpPage {
        action: hosted.address(HostedPage::SignUp),
        sign_in_path: hosted.address_for(HostedPage::SignIn, &username),
        name_kind: login::name_kind(pool),
        username,
        fields: sign_up_form::fields(pool, &draft.attributes, frame.language),
        demands: password_demands::list(hosted, draft.unmet.as_deref()),
        refused_field,
        frame,
        problem,
    })
}
