//! The id of a request, on every answer.

use axum::response::Response;
use http::{HeaderName, HeaderValue};

/// Header of the JSON API's answers.
pub(crate) const X_AMZN_REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// Header of the answers of a pool's domain.
/// Source: AWS page "Token endpoint", sample answers.
pub(crate) const X_AMZ_COGNITO_REQUEST_ID: HeaderName =
    HeaderName::from_static("x-amz-cognito-request-id");

/// Puts the id on an answer under both names: a client looks for the one of its door.
pub(crate) fn put(response: &mut Response, request_id: &str) {
    if let Ok(value) = HeaderValue::from_str(request_id) {
        let headers = response.headers_mut();
        headers.insert(X_AMZN_REQUEST_ID, value.clone());
        headers.insert(X_AMZ_COGNITO_REQUEST_ID, value);
    }
}
