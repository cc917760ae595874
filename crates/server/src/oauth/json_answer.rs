//! Answers of the endpoints that programs call.

use axum::body::Body;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};

use super::error_table::Failure;

/// Media type of the answers of the token, user info and revocation endpoints.
/// Source: AWS page "Token endpoint", sample answers.
const JSON: HeaderValue = HeaderValue::from_static("application/json;charset=UTF-8");

/// Seconds after which a client may try again when too much work is waiting.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// An answer with a JSON body.
pub(super) fn json(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    response
}

/// The answer to a request that failed.
pub(super) fn failure(failure: &Failure) -> Response {
    let body = failure.code.to_json(failure.description.as_deref());
    let mut response = json(failure.status, body);
    if failure.status == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    response
}
