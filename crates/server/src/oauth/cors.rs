//! CORS of the endpoints that scripts of other origins call, on every answer: success, error and
//! preflight. A page that sees no header sees a network error where `invalid_grant` was answered.
//!
//! Source: AWS page "User pool managed login", CORS policies. Inferred: what a preflight answers,
//! and that the documents of the issuer are open too.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

/// Every origin, and so never with credentials: no endpoint here looks at a cookie.
const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("*");

const ALLOWED_METHODS: HeaderValue = HeaderValue::from_static("GET,POST,OPTIONS");

/// Headers allowed where a preflight names none.
const USUAL_HEADERS: HeaderValue = HeaderValue::from_static("authorization,content-type");

/// Seconds that a browser may remember a preflight: the longest that one of them does.
const PREFLIGHT_MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// Headers of an answer that a page's script may read.
const EXPOSED: HeaderValue = HeaderValue::from_static("www-authenticate,x-amz-cognito-request-id");

/// Answers preflights, and lets every origin read every other answer.
pub(super) async fn allow_all_origins(request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS {
        return preflight(request.headers());
    }
    let mut response = next.run(request).await;
    put(
        &mut response,
        [
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN),
            (header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED),
        ],
    );
    response
}

fn preflight(request: &HeaderMap) -> Response {
    let requested = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let mut response = StatusCode::NO_CONTENT.into_response();
    put(
        &mut response,
        [
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN),
            (header::ACCESS_CONTROL_ALLOW_METHODS, ALLOWED_METHODS),
            (
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                requested.cloned().unwrap_or(USUAL_HEADERS),
            ),
            (header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_MAX_AGE),
        ],
    );
    response
}

fn put<const N: usize>(response: &mut Response, headers: [(HeaderName, HeaderValue); N]) {
    for (name, value) in headers {
        response.headers_mut().insert(name, value);
    }
}
