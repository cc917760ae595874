//! What the playground's page may load and do.

use http::HeaderValue;

/// Its own files, and requests to its own server; nothing inline, nothing from elsewhere.
///
/// A form of the page goes to this server and leads back to the page, so that it can be held to
/// `'self'`; the sign-in itself begins with a link.
pub(super) const PLAYGROUND_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
);
