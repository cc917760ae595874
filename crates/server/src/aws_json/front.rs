//! Reads which operation is called and by whom, and answers.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, header};
use poolhouse_api_model::{ErrorCode, Operation};

use super::api_error::{ApiError, MEDIA_TYPE};
use super::call::Call;
use super::door::Door;
use super::operations::door;
use super::{compatibility, credentials};
use crate::app::App;
use crate::context::RequestContext;

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
    let operation_name = operation.map_or("unknown", Operation::name);
    let code = error.code().name();
    let request_id = &context.request_id;
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
    error.to_response()
}
