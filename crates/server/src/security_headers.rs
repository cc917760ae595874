//! Headers on every answer of a pool's domain and of the developer's pages.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{self, Entry};
use http::{HeaderName, HeaderValue};

use crate::app::App;
use crate::context::RequestContext;
use crate::host;

/// Put where a handler set nothing else.
/// Source: AWS page "The userInfo endpoint", sample answer; RFC 9700 section 4.2.4 for the
/// referrer, which would carry codes and states. There is no opener policy: applications sign
/// users in in a pop-up that they watch.
const DEFAULTS: [(HeaderName, HeaderValue); 4] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    ),
];

/// Put on every answer that does not say how long it may be kept.
/// Source: AWS page "The userInfo endpoint", sample answer.
const NO_STORE: [(HeaderName, HeaderValue); 3] = [
    (
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache, no-store, max-age=0, must-revalidate"),
    ),
    (header::PRAGMA, HeaderValue::from_static("no-cache")),
    (header::EXPIRES, HeaderValue::from_static("0")),
];

/// Put where browsers reach the server by https, and not on hosts of this machine: browsers would
/// keep it for every other port of `localhost` too.
/// Source: AWS page "The userInfo endpoint", sample answer.
const STRICT_TRANSPORT: HeaderValue =
    HeaderValue::from_static("max-age=31536000 ; includeSubDomains");

/// What a page may load and do: its own stylesheet and icon.
///
/// There is no `form-action`: browsers hold the redirect after a posted form to it, and that leads
/// to the application, which may redirect on to anywhere.
pub(crate) const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; \
     frame-ancestors 'none'",
);

/// Whether the browser that sent a request is told to come by https alone.
fn is_transport_strict(app: &App, request: &Request) -> bool {
    let asked = request.extensions().get::<RequestContext>();
    app.settings.sends_strict_transport
        && app.is_public_url_https()
        && !app.public_host().is_some_and(host::is_loopback)
        && !asked.is_some_and(|context| host::is_loopback(&context.host))
}

/// Puts the headers on an answer.
pub(crate) async fn put_security_headers(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response {
    let is_strict = is_transport_strict(&app, &request);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in DEFAULTS {
        if let Entry::Vacant(place) = headers.entry(name) {
            place.insert(value);
        }
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.extend(NO_STORE);
    }
    if is_strict {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT);
    }
    response
}
