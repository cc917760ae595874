//! CORS on every answer of the JSON API, errors and preflights included: browser SDKs read the
//! error's name from a header.
//!
//! Source: headers of recorded answers of the service; the preflight's age is that of its sibling
//! service. Inferred: the allowed methods and headers of a preflight.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

/// Headers of an answer that a page's script may read.
const EXPOSED: HeaderValue =
    HeaderValue::from_static("x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date");

/// Seconds that a browser may remember a preflight.
const PREFLIGHT_MAX_AGE: HeaderValue = HeaderValue::from_static("172800");

/// Headers that SDKs send, allowed where a preflight names none.
const USUAL_HEADERS: HeaderValue = HeaderValue::from_static(
    "authorization,cache-control,content-type,x-amz-content-sha256,x-amz-date,\
     x-amz-security-token,x-amz-target,x-amz-user-agent,amz-sdk-invocation-id,amz-sdk-request",
);

/// Answers preflights, and lets every origin read every other answer: no call is authorized by a
/// cookie.
pub(super) async fn allow_all_origins(request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS {
        return preflight(request.headers());
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    response
}

fn preflight(request: &HeaderMap) -> Response {
    let requested = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("OPTIONS,POST"),
    );
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        requested.cloned().unwrap_or(USUAL_HEADERS),
    );
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_MAX_AGE);
    headers.insert(
        header::VARY,
        HeaderValue::from_static("access-control-request-headers"),
    );
    response
}
