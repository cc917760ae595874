//! `/error`, and the ways that lead there.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use poolhouse_oauth::authorization_error::AuthorizationError;
use poolhouse_oauth::authorization_response::ResponseTarget;
use poolhouse_oauth::error::OAuthErrorCode;
use poolhouse_oauth::logout_request::LogoutError;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::{AuthorizeFailure, ServiceError};
use poolhouse_templates::{ErrorPage, Language};

use super::{Cookies, branding, explanation, language, redirect, render};
use crate::app::App;
use crate::context::RequestContext;
use crate::oauth::{Destination, Failure, FormRequest, destination};
use crate::recent_events::Refusal;

/// Carries the id of the request that was refused to the page.
const REFERENCE: &str = "reference";

/// Carries to the page that the browser was signed out.
const SIGNED_OUT: &str = "signed_out";
const SIGNED_OUT_NOTE: &str = "&signed_out=true";

/// Answers an authorization request that does not go on.
pub(crate) fn answer_failure(
    app: &App,
    request: &FormRequest,
    parameters: &Parameters,
    failure: AuthorizeFailure,
) -> Response {
    let context = &request.context;
    match failure {
        AuthorizeFailure::Refused(refused) => {
            log_refusal(context, refused.error);
            answer_destination(app, context, destination(&refused), parameters)
        }
        AuthorizeFailure::Failed(error) => fail_in(
            language::choose(parameters, &request.headers),
            context,
            &error,
        ),
    }
}

/// Sends the browser to the application or to the error page.
fn answer_destination(
    app: &App,
    context: &RequestContext,
    destination: Destination,
    parameters: &Parameters,
) -> Response {
    match destination {
        Destination::Application(location) => redirect(&location),
        Destination::ErrorPage(fact) => redirect(&address(app, context, fact, parameters)),
    }
}

/// Sends a browser that was to be signed out to the error page, which says so if it was.
pub(super) fn answer_logout(
    app: &App,
    context: &RequestContext,
    error: LogoutError,
    parameters: &Parameters,
    is_signed_out: bool,
) -> Response {
    match Destination::from(error) {
        Destination::Application(location) => redirect(&location),
        Destination::ErrorPage(fact) => {
            log_refusal(context, fact);
            let note = if is_signed_out { SIGNED_OUT_NOTE } else { "" };
            redirect(&(address(app, context, fact, parameters) + note))
        }
    }
}

/// Tells the application that the server failed.
/// Source: RFC 6749 section 4.1.2.1, since a status of 500 cannot be sent by a redirect.
pub(crate) fn answer_target(
    context: &RequestContext,
    target: &ResponseTarget,
    error: &ServiceError,
) -> Response {
    log(context, error);
    redirect(&target.error_location(Failure::from(error).code, None))
}

/// Shows a developer that the server failed.
pub(crate) fn fail(context: &RequestContext, error: &ServiceError) -> Response {
    fail_in(Language::English, context, error)
}

/// Shows that the server failed, where no application can be told.
pub(super) fn fail_in(
    language: Language,
    context: &RequestContext,
    error: &ServiceError,
) -> Response {
    log(context, error);
    let failure = Failure::from(error);
    let page = ErrorPage {
        language,
        heading: ErrorPage::FAILED,
        detail: failure.code.as_str().to_owned(),
        reference: context.request_id.clone(),
        branding: None,
        is_signed_out: false,
        explanation: None,
    };
    render(failure.status, &page)
}

fn log(context: &RequestContext, error: &ServiceError) {
    context.report.failed(error);
    tracing::error!(request.id = %context.request_id, %error, "a page's request failed");
}

fn log_refusal(context: &RequestContext, fact: AuthorizationError) {
    tracing::info!(request.id = %context.request_id, oauth.error = fact.code().as_str(),
        "an authorization request was refused: {fact}");
    let refusal = Refusal::for_the_log(&fact).with_code(fact.code().as_str());
    context.report.refused(refusal);
}

/// Sends the browser to the error page.
pub(crate) fn show_fact(
    app: &App,
    context: &RequestContext,
    fact: AuthorizationError,
    parameters: &Parameters,
) -> Response {
    log_refusal(context, fact);
    redirect(&address(app, context, fact, parameters))
}

/// The address of the error page for a fact. It carries the id of the request that was refused,
/// by which the log tells more, and the language that was asked for.
/// Source: recorded redirects of the service: `error`, then `client_id`. Inferred:
/// `error_description` for an absent parameter, whose text the service's page is known to show.
fn address(
    app: &App,
    context: &RequestContext,
    fact: AuthorizationError,
    parameters: &Parameters,
) -> String {
    let is_dev = app.settings.is_dev;
    let mut query = Parameters::default().with("error", fact.code().as_str());
    let mut carry = vec!["client_id", "lang", "ui_locales"];
    if is_dev {
        carry.extend(["redirect_uri", "logout_uri"]);
    }
    for name in carry {
        if let Ok(Some(value)) = parameters.single(name) {
            query = query.with(name, value);
        }
    }
    let is_told = is_dev || missing_parameter(fact).is_some();
    if is_told && fact.code() == OAuthErrorCode::InvalidRequest {
        query = query.with("error_description", &fact.to_string());
    }
    query = query.with(REFERENCE, &context.request_id);
    format!("/error?{}", query.encode())
}

/// `/error`: says which error it was and, in the dev profile, which rule failed.
///
/// Only texts that this server knows are shown: a link to the page cannot put words in its mouth.
/// Source: AWS page "User pool endpoints"; recorded answers of the service (status 400).
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let parameters = request.query.clone().unwrap_or_default();
    let single = |name| parameters.single(name).ok().flatten();
    let code = single("error").and_then(explanation::find_code);
    let fact = code.and_then(|code| explanation::find_fact(code, single("error_description")));
    let explanation = match fact {
        Some(fact) if app.settings.is_dev => {
            Some(explanation::explain(&app, request.host_pool(), fact, &parameters).await)
        }
        _ => None,
    };
    let language = language::choose(&parameters, &request.headers);
    let detail = match fact.and_then(missing_parameter) {
        Some(name) => language.text_with("error-page-parameter-missing", &[("parameter", name)]),
        None => code
            .unwrap_or(OAuthErrorCode::InvalidRequest)
            .as_str()
            .to_owned(),
    };
    let page = ErrorPage {
        language,
        heading: ErrorPage::REFUSED,
        detail,
        reference: reference(&request.context, single(REFERENCE)),
        is_signed_out: single(SIGNED_OUT).is_some()
            && is_signed_out(&app, &request, &parameters).await,
        branding: branding::of_query(&app, request.host_pool(), &parameters).await,
        explanation,
    };
    render(StatusCode::BAD_REQUEST, &page)
}

/// The id of the request that was refused, if the address has one; else that of this request.
fn reference(context: &RequestContext, carried: Option<&str>) -> String {
    let is_id = |text: &&str| {
        text.len() == context.request_id.len()
            && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
    };
    carried
        .filter(is_id)
        .unwrap_or(&context.request_id)
        .to_owned()
}

/// Whether the browser carries no session of the pool: an address that says so alone is not
/// believed.
async fn is_signed_out(app: &App, request: &FormRequest, parameters: &Parameters) -> bool {
    let client = explanation::find_client(app, request.host_pool(), parameters).await;
    client.is_some_and(|client| {
        let cookies = Cookies::of(app, &request.context, &client.pool_id);
        cookies.session(&request.headers).is_none()
    })
}

/// The parameter whose absence a fact is about.
fn missing_parameter(fact: AuthorizationError) -> Option<&'static str> {
    match fact {
        AuthorizationError::ClientIdMissing => Some("client_id"),
        AuthorizationError::RedirectUriMissing => Some("redirect_uri"),
        AuthorizationError::ResponseTypeMissing => Some("response_type"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_english_the_page_says_of_a_missing_parameter_what_the_service_says() {
        for fact in [
            AuthorizationError::ClientIdMissing,
            AuthorizationError::RedirectUriMissing,
            AuthorizationError::ResponseTypeMissing,
        ] {
            let variables = [("parameter", missing_parameter(fact).unwrap())];
            let text = Language::English.text_with("error-page-parameter-missing", &variables);
            assert_eq!(text, fact.to_string());
        }
    }
}
