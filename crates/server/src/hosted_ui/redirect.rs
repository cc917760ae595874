//! Redirects.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};

/// Sends the browser elsewhere by 302, so that it never posts a password on.
/// Source: RFC 9700 section 4.12.
pub(crate) fn redirect(location: &str) -> Response {
    let Ok(value) = HeaderValue::from_str(location) else {
        tracing::error!("a redirect leads to a location that is no header value");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = StatusCode::FOUND.into_response();
    response.headers_mut().insert(header::LOCATION, value);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s21_a_redirect_is_302() {
        let response = redirect("/login?state=a");
        assert_eq!(response.status(), StatusCode::FOUND);
        assert_eq!(response.headers()[header::LOCATION], "/login?state=a");
    }

    #[test]
    fn s64_a_line_break_never_reaches_the_header() {
        let response = redirect("/login\r\nSet-Cookie: a=b");
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!response.headers().contains_key(header::LOCATION));
    }
}
