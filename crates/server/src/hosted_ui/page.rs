//! Pages as answers.

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};
use poolhouse_templates::Page;

use crate::security_headers::PAGE_POLICY;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// Seconds after which a browser may try again when too much work is waiting.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("2");

/// Renders a page as an answer.
pub(crate) fn render(status: StatusCode, page: &impl Page) -> Response {
    let html = match page.to_html() {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HTML);
    headers.insert(header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    response
}
