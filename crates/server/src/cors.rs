//! CORS of what scripts of other origins call, on every answer: success, error and preflight. A
//! page that sees no header sees a network error where a refusal was answered.
//!
//! Every origin is allowed, and so never with credentials: nothing here looks at a cookie.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("*");

/// What one door lets scripts of other origins send and read.
pub(crate) struct CorsPolicy {
    /// Headers of an answer that a script may read.
    pub(crate) exposed: HeaderValue,
    /// Methods that a script may use.
    pub(crate) methods: HeaderValue,
    /// Headers that a script may send, where a preflight names none.
    pub(crate) usual_headers: HeaderValue,
    /// Seconds that a browser may remember a preflight.
    pub(crate) preflight_max_age: HeaderValue,
    /// Status of the answer to a preflight.
    pub(crate) preflight_status: StatusCode,
}

/// Answers preflights, and lets every origin read every other answer.
pub(crate) async fn allow_all_origins(
    State(policy): State<Arc<CorsPolicy>>,
    request: Request,
    next: Next,
) -> Response {
    if request.method() == Method::OPTIONS {
        return policy.preflight(request.headers());
    }
    let mut response = next.run(request).await;
    policy.put_on(response.headers_mut());
    response
}

impl CorsPolicy {
    fn put_on(&self, headers: &mut HeaderMap) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, self.exposed.clone());
    }

    fn preflight(&self, request: &HeaderMap) -> Response {
        let requested = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
        let allowed = requested.unwrap_or(&self.usual_headers).clone();
        let mut response = self.preflight_status.into_response();
        let headers = response.headers_mut();
        self.put_on(headers);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, self.methods.clone());
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allowed);
        headers.insert(
            header::ACCESS_CONTROL_MAX_AGE,
            self.preflight_max_age.clone(),
        );
        headers.insert(
            header::VARY,
            HeaderValue::from_static("access-control-request-headers"),
        );
        response
    }
}
