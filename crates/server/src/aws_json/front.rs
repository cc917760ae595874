//! Reads which operation is called and by whom, and answers.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, header};
use poolhouse_api_model::{ErrorCode, Operation};
use serde_json::Value;

use super::api_error::{ApiError, MEDIA_TYPE};
use super::call::Call;
use super::credentials::Signer;
use super::door::Door;
use super::operations::door;
use super::{compatibility, credentials};
use crate::app::App;
use crate::context::RequestContext;
use crate::recent_events::Refusal;

/// What comes before the operation's name in `X-Amz-Target`.
const TARGET_PREFIX: &str = "AWSCognitoIdentityProviderService.";

/// Answers `POST /`.
pub(super) async fn answer(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let operation = match operation_of(&headers) {
        Ok(operation) => operation,
        Err(error) => return refuse(&context, None, &error),
    };
    context.report.operation(operation.name(), &body);
    match call(&app, &headers, &body, operation).await {
        Ok(body) => success(body),
        Err(error) => refuse(&context, Some(operation), &error),
    }
}

fn operation_of(headers: &HeaderMap) -> Result<Operation, ApiError> {
    let target = headers.get("x-amz-target");
    let target = target.and_then(|target| target.to_str().ok());
    target
        .and_then(|target| target.strip_prefix(TARGET_PREFIX))
        .and_then(Operation::from_name)
        .ok_or_else(|| ApiError::silent(ErrorCode::UnknownOperationException))
}

async fn call(
    app: &App,
    headers: &HeaderMap,
    body: &[u8],
    operation: Operation,
) -> Result<Vec<u8>, ApiError> {
    let signer = if operation.is_unsigned() {
        None
    } else {
        Some(credentials::authenticate(app, headers)?)
    };
    serve(app, body, operation, signer).await
}

/// Calls an operation for the developer whose machine this is, as if it was signed for the default
/// region.
/// # Errors
/// What the operation answers.
pub(crate) async fn call_for_developer(
    app: &App,
    context: &RequestContext,
    operation: Operation,
    input: &Value,
) -> Result<Value, ApiError> {
    let body = input.to_string();
    context.report.operation(operation.name(), body.as_bytes());
    let answer = serve(app, body.as_bytes(), operation, None).await;
    let answer = answer.inspect_err(|error| report(context, Some(operation), error))?;
    Ok(serde_json::from_slice(&answer).unwrap_or_default())
}

async fn serve(
    app: &App,
    body: &[u8],
    operation: Operation,
    signer: Option<Signer>,
) -> Result<Vec<u8>, ApiError> {
    match door(operation) {
        Door::Served(served) => {
            let call = Call::new(app, body, signer);
            let answer = (served.entry)(&call).await;
            answer.map_err(|error| error.into_api_error(operation))
        }
        Door::Missing(_) => Err(ApiError::new(
            ErrorCode::NotImplementedException,
            format!("{} is not served yet by Poolhouse.", operation.name()),
        )),
    }
}

fn success(body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, MEDIA_TYPE);
    headers.insert(
        header::CACHE_CONTROL,
        http::HeaderValue::from_static("no-store"),
    );
    response
}

fn refuse(context: &RequestContext, operation: Option<Operation>, error: &ApiError) -> Response {
    report(context, operation, error);
    error.to_response()
}

/// Says in the log, and to the developer's pages, why a call has no answer.
fn report(context: &RequestContext, operation: Option<Operation>, error: &ApiError) {
    let operation_name = operation.map_or("unknown", Operation::name);
    let code = error.code().name();
    let request_id = &context.request_id;
    context.report.refused(refusal(error));
    match error.inside() {
        Some(inside) if error.code().status() >= 500 => {
            tracing::error!(request.id = %request_id, api.operation = operation_name,
                api.error = code, error = %inside, "a call failed");
        }
        Some(inside) => {
            tracing::info!(request.id = %request_id, api.operation = operation_name,
                api.error = code, reason = %inside, "a call was refused");
        }
        None => {
            tracing::info!(request.id = %request_id, api.operation = operation_name,
                api.error = code, "a call was refused");
        }
    }
    debug_assert!(
        operation.is_none_or(|operation| compatibility::may_answer(operation, error.code())),
        "{operation_name} does not declare {code}"
    );
}

/// What the developer's pages tell of a refusal.
fn refusal(error: &ApiError) -> Refusal {
    let refusal = match error.inside() {
        Some(inside) => Refusal::for_the_log(inside),
        None => Refusal::default(),
    };
    let refusal = refusal.with_code(error.code().name());
    match error.message() {
        Some(text) => refusal.with_text(text),
        None => refusal,
    }
}
