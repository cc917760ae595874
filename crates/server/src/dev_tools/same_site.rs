//! Keeps web pages of other sites, and of other ports of this machine, out of `/_poolhouse/`.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, Method, StatusCode, header};

/// Refuses what a page of another site makes the browser send; following a link is allowed, since
/// no page can read what it leads to.
pub(super) async fn refuse_other_sites(request: Request, next: Next) -> Response {
    if is_allowed(request.method(), request.headers()) {
        return next.run(request).await;
    }
    let text = "Pages of other sites cannot use this address. Open it in a tab of its own, or \
                call it from a program.\n";
    (StatusCode::FORBIDDEN, text).into_response()
}

/// Source: W3C "Fetch Metadata Request Headers". Programs send none of the headers; a browser that
/// does not say from which site a request comes names at least its origin, and is not trusted.
fn is_allowed(method: &Method, headers: &HeaderMap) -> bool {
    let is = |name: &str, text: &str| headers.get(name).is_some_and(|value| value == text);
    let Some(site) = headers.get("sec-fetch-site") else {
        return !headers.contains_key(header::ORIGIN);
    };
    if site == "same-origin" || site == "none" {
        return true;
    }
    *method == Method::GET && is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document")
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn allowed(method: &Method, headers: &[(&str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| {
            let name: HeaderName = name.parse().unwrap();
            (name, value.parse().unwrap())
        });
        is_allowed(method, &headers.collect())
    }

    #[test]
    fn s75_a_page_of_another_site_can_neither_read_nor_change() {
        for site in ["cross-site", "same-site", "unheard-of"] {
            for mode in ["cors", "no-cors", "navigate"] {
                let headers = [("sec-fetch-site", site), ("sec-fetch-mode", mode)];
                assert!(!allowed(&Method::GET, &headers), "{site} {mode}");
                assert!(!allowed(&Method::POST, &headers), "{site} {mode}");
                assert!(!allowed(&Method::DELETE, &headers), "{site} {mode}");
            }
        }
        assert!(!allowed(&Method::GET, &[("origin", "http://evil.example")]));
        assert!(!allowed(&Method::POST, &[("origin", "null")]));
    }

    #[test]
    fn s75_a_form_of_another_site_that_navigates_changes_nothing() {
        let headers = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        assert!(!allowed(&Method::POST, &headers));
        assert!(allowed(&Method::GET, &headers));
        let framed = [headers[0], headers[1], ("sec-fetch-dest", "iframe")];
        assert!(!allowed(&Method::GET, &framed));
    }

    #[test]
    fn programs_and_pages_of_our_own_may_do_everything() {
        assert!(allowed(&Method::DELETE, &[]));
        for site in ["same-origin", "none"] {
            let headers = [
                ("sec-fetch-site", site),
                ("origin", "http://localhost:9229"),
            ];
            assert!(allowed(&Method::POST, &headers));
        }
    }
}
