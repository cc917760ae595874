//! Proof that a posted form is one that this server gave to this browser.
//!
//! The token is in a cookie that scripts and other sites cannot read, and in a hidden field; both
//! must come back equal. A neighbour that can plant cookies (another port of `localhost`, a
//! sibling domain) still fails: browsers say from which site a form was sent.

use http::HeaderMap;
use poolhouse_crypto::constant_time;
use poolhouse_model::{Rng, RngExt};
use poolhouse_oauth::parameters::Parameters;

use super::Cookies;
use crate::context::RequestContext;

/// The hidden field of the classic page, and that of managed login.
/// Source: recorded clients of both pages.
const FIELDS: [&str; 2] = ["_csrf", "csrf"];

/// Whether a posted form is one that this server gave to this browser; says so in the log if not.
pub(crate) fn check(
    context: &RequestContext,
    headers: &HeaderMap,
    cookies: &Cookies,
    form: &Parameters,
) -> bool {
    if is_genuine(headers, cookies, form) {
        return true;
    }
    let reason = "the form came without the token of its browser";
    context.report.failed(&reason);
    tracing::info!(request.id = %context.request_id,
        "a page refused a form without the token of its browser");
    false
}

/// Whether a posted form has the token of the browser that sends it.
fn is_genuine(headers: &HeaderMap, cookies: &Cookies, form: &Parameters) -> bool {
    if is_from_another_site(headers) {
        return false;
    }
    let field = FIELDS
        .iter()
        .find_map(|name| form.single(name).ok().flatten());
    match (cookies.csrf(headers), field) {
        (Some(cookie), Some(field)) => {
            is_token(cookie) && constant_time::equal(cookie.as_bytes(), field.as_bytes())
        }
        _ => false,
    }
}

/// The token of a browser: the one it has, so that a second tab does not spoil the first, or a new
/// one.
pub(crate) fn token_of(headers: &HeaderMap, cookies: &Cookies, rng: &dyn Rng) -> String {
    match cookies.csrf(headers) {
        Some(token) if is_token(token) => token.to_owned(),
        _ => new_token(rng),
    }
}

/// A new token, for a browser that has none or has just signed in.
pub(super) fn new_token(rng: &dyn Rng) -> String {
    rng.uuid()
}

/// Source: W3C "Fetch Metadata Request Headers"; scripts and old browsers send none.
fn is_from_another_site(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_some_and(|site| site != "same-origin" && site != "none")
}

fn is_token(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}
