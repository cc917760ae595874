//! Whether now is within the token's time.

use poolhouse_model::Timestamp;
use serde_json::Value;

use super::Expectations;
use super::report::{Check, Failure, failed, held, skipped};
use crate::instant::from_now;
use crate::token::SignedToken;

/// Seconds from which on no instant is meant any more: the year 9999 is over.
const LATEST: i64 = 253_402_300_800;

/// Checks `exp`, `nbf` and `iat`.
pub(super) fn checks(token: &SignedToken, expected: &Expectations<'_>) -> Vec<Check> {
    vec![
        expiry(token, expected),
        not_before(token, expected),
        issued_at(token, expected),
    ]
}

/// An instant that a token claims; `None` for what is no whole second of our calendar.
/// Source: RFC 7519 section 2 allows fractions, which are cut.
pub(crate) fn instant(claim: &Value) -> Option<Timestamp> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a fraction of a second is cut, and the range is checked below"
    )]
    let seconds = claim
        .as_i64()
        .or_else(|| Some(claim.as_f64()?.floor() as i64))?;
    (0..LATEST)
        .contains(&seconds)
        .then(|| Timestamp::from_secs(seconds))
}

fn expiry(token: &SignedToken, expected: &Expectations<'_>) -> Check {
    const NAME: &str = "expiry";
    let Some(at) = token.claims.get("exp").and_then(instant) else {
        let detail = "the token does not say when it expires (exp)";
        return failed(NAME, Failure::ExpiryMissing, detail);
    };
    let detail = from_now(at, expected.now);
    if at.after(expected.leeway) <= expected.now {
        return failed(NAME, Failure::Expired, detail);
    }
    held(NAME, detail)
}

fn not_before(token: &SignedToken, expected: &Expectations<'_>) -> Check {
    const NAME: &str = "not_before";
    let Some(claim) = token.claims.get("nbf") else {
        return skipped(NAME, "the token has none (nbf)");
    };
    ahead(NAME, claim, Failure::NotYetValid, expected)
}

fn issued_at(token: &SignedToken, expected: &Expectations<'_>) -> Check {
    const NAME: &str = "issued_at";
    let Some(claim) = token.claims.get("iat") else {
        return skipped(NAME, "the token has none (iat)");
    };
    ahead(NAME, claim, Failure::IssuedInFuture, expected)
}

/// Refuses an instant that lies ahead, or is none.
fn ahead(
    name: &'static str,
    claim: &Value,
    failure: Failure,
    expected: &Expectations<'_>,
) -> Check {
    match instant(claim) {
        None => failed(name, failure, "it is no instant"),
        Some(at) => {
            let detail = from_now(at, expected.now);
            if at > expected.now.after(expected.leeway) {
                failed(name, failure, detail)
            } else {
                held(name, detail)
            }
        }
    }
}
