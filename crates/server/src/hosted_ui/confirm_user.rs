//! `/confirmUser`

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{Method, StatusCode};
use poolhouse_model::{ClientId, SecretString};
use poolhouse_service::{ConfirmByLink, LinkOutcome, ServiceError};
use poolhouse_templates::{Confirmation, ConfirmationPage, Frame, Language};

use super::error_page::fail_in;
use super::explanation::find_client;
use super::{branding, language, render, sign_in_addresses};
use crate::app::App;
use crate::oauth::FormRequest;

/// Confirms a sign-up by the link of a mail, and says what became of it.
///
/// It is a GET that changes something, as the service's contract has it; a HEAD, by which mail
/// servers look whether a link leads anywhere, changes nothing.
/// Source: AWS page "User pool endpoints"; links that the service sent, for the parameters.
pub(super) async fn confirm(
    State(app): State<Arc<App>>,
    method: Method,
    request: FormRequest,
) -> Response {
    if method == Method::HEAD {
        return StatusCode::OK.into_response();
    }
    let outcome = match read(&request) {
        Some(link) => app.service.confirm_sign_up_by_link(link).await,
        None => Err(ServiceError::CodeMismatch),
    };
    let outcome = match outcome {
        Ok(LinkOutcome::Confirmed) => Confirmation::Done,
        Ok(LinkOutcome::AlreadyConfirmed) => Confirmation::DoneBefore,
        Err(error) => match explain(&error) {
            Some(outcome) => {
                request.context.report.failed(&error);
                tracing::info!(request.id = %request.context.request_id,
                    "a sign-up was not confirmed by a link: {error}");
                outcome
            }
            None => return fail_in(language_of(&request), &request.context, &error),
        },
    };
    let status = if outcome.is_confirmed() {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    render(status, &page(&app, &request, outcome).await)
}

/// The page in the look and the language of the link's client, with a way to sign in there.
async fn page(app: &App, request: &FormRequest, outcome: Confirmation) -> ConfirmationPage {
    let query = request.query.clone().unwrap_or_default();
    let client = find_client(app, request.host_pool(), &query).await;
    let frame = Frame {
        language: language_of(request),
        application: client.as_ref().map(|c| c.name.clone()).unwrap_or_default(),
        // The page has no form.
        csrf_token: String::new(),
        branding: branding::of_query(app, request.host_pool(), &query).await,
        note: None,
        is_dev: app.settings.is_dev,
    };
    let sign_in = client.and_then(|client| sign_in_addresses(&client).into_iter().next());
    ConfirmationPage::new(frame, outcome, sign_in.map(|address| address.path))
}

fn language_of(request: &FormRequest) -> Language {
    let query = request.query.clone().unwrap_or_default();
    language::choose(&query, &request.headers)
}

/// Reads the parameters; `None` if one is missing or comes twice.
fn read(request: &FormRequest) -> Option<ConfirmByLink> {
    let parameters = request.query.as_ref().ok()?;
    let text = |name| parameters.single(name).ok().flatten().map(str::to_owned);
    Some(ConfirmByLink {
        host_pool: request.host_pool().cloned(),
        client_id: ClientId::new(text("client_id")?),
        username: text("user_name")?,
        code: SecretString::new(text("confirmation_code")?),
    })
}

/// What the page says of a fact; `None` for what is no fault of the link.
fn explain(error: &ServiceError) -> Option<Confirmation> {
    match error {
        ServiceError::CodeExpired => Some(Confirmation::Expired),
        ServiceError::CodeMismatch
        | ServiceError::AppClientNotFound(_)
        | ServiceError::UserPoolNotFound(_)
        | ServiceError::UserNotFound
        | ServiceError::UserNotConfirmable(_)
        | ServiceError::UsernameClientCombinationNotFound => Some(Confirmation::Invalid),
        ServiceError::AliasExists { .. } => Some(Confirmation::AddressTaken),
        ServiceError::AttemptLimitExceeded => Some(Confirmation::TooManyTries),
        _ => None,
    }
}
