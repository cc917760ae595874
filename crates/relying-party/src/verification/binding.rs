//! Whether the token is for this: issuer, recipient, kind, sign-in, and what came beside it.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{Algorithm, SHA256, SHA384, SHA512, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::report::{Check, Failure, failed, held, skipped};
use super::{Expectations, Recipient, TokenUse};
use crate::shown::shown;
use crate::token::SignedToken;

/// What stands in the header of an access token of a provider without `token_use`.
/// Source: RFC 9068 section 2.1.
const ACCESS_TOKEN_TYPES: [&str; 2] = ["at+jwt", "application/at+jwt"];

/// Checks what a token is bound to.
pub(super) fn checks(token: &SignedToken, expected: &Expectations<'_>) -> Vec<Check> {
    let mut checks = vec![
        issuer(token, expected.issuer),
        token_use(token, expected),
        recipient(token, expected),
    ];
    if let Some(wanted) = expected.audience {
        checks.push(audience(token, wanted));
    }
    if let Some(nonce) = expected.nonce {
        checks.push(nonce_check(token, nonce));
    }
    if let Some(access_token) = expected.access_token {
        checks.push(at_hash(token, access_token));
    }
    if let Some(subject) = expected.subject {
        checks.push(subject_check(token, subject));
    }
    checks
}

/// Which kind a token says it is.
pub(crate) fn told_use(token: &SignedToken) -> Option<TokenUse> {
    match token.text("token_use") {
        Some("id") => return Some(TokenUse::Id),
        Some("access") => return Some(TokenUse::Access),
        _ => {}
    }
    let kind = token.header_text("typ").unwrap_or_default();
    let is_access = ACCESS_TOKEN_TYPES.contains(&kind.to_ascii_lowercase().as_str());
    is_access.then_some(TokenUse::Access)
}

fn issuer(token: &SignedToken, expected: &str) -> Check {
    const NAME: &str = "issuer";
    match token.text("iss") {
        Some(told) if told == expected => held(NAME, shown(told)),
        Some(told) => {
            let detail = format!("{}, and not {}", shown(told), shown(expected));
            failed(NAME, Failure::IssuerMismatch, detail)
        }
        None => failed(
            NAME,
            Failure::IssuerMismatch,
            "the token names no issuer (iss)",
        ),
    }
}

fn token_use(token: &SignedToken, expected: &Expectations<'_>) -> Check {
    const NAME: &str = "token_use";
    let claim = token.claims.get("token_use");
    let told = told_use(token);
    let Some(wanted) = expected.token_use else {
        let detail = told.map_or("none asked for", TokenUse::as_str);
        return skipped(NAME, format!("{detail}; not asked for"));
    };
    match told {
        Some(told) if told == wanted => held(NAME, wanted.as_str()),
        Some(told) => {
            let detail = format!("{} token, and not {}", told.as_str(), wanted.as_str());
            failed(NAME, Failure::TokenUseMismatch, detail)
        }
        None if claim.is_none() && !expected.is_token_use_required => {
            skipped(NAME, "the token does not say; only Cognito's do")
        }
        None => {
            let detail = format!(
                "the token does not say that it is an {} token",
                wanted.as_str()
            );
            failed(NAME, Failure::TokenUseMismatch, detail)
        }
    }
}

fn recipient(token: &SignedToken, expected: &Expectations<'_>) -> Check {
    match expected.recipient {
        Recipient::AnyClient => skipped("client_id", "not asked for: that of any client is taken"),
        Recipient::Client(wanted) => match client_claim(token, expected) {
            TokenUse::Id => id_token_client(token, wanted),
            TokenUse::Access => access_token_client(token, wanted),
        },
    }
}

/// By which kind's rules the client is found. Where neither the claim nor the caller says it, a
/// token with `client_id` is an access token.
fn client_claim(token: &SignedToken, expected: &Expectations<'_>) -> TokenUse {
    let known = expected.token_use.or_else(|| told_use(token));
    known.unwrap_or(if token.claims.contains_key("client_id") {
        TokenUse::Access
    } else {
        TokenUse::Id
    })
}

fn audience(token: &SignedToken, wanted: &str) -> Check {
    const NAME: &str = "audience";
    let told = audiences(token);
    if told.contains(&wanted) {
        return held(NAME, shown(wanted));
    }
    let detail = if told.is_empty() {
        format!(
            "the token names none (aud), and {} is asked for",
            shown(wanted)
        )
    } else {
        format!("{}, and not {}", shown(&told.join(", ")), shown(wanted))
    };
    failed(NAME, Failure::AudienceMismatch, detail)
}

/// An ID token names its client in `aud`, and who asked for it in `azp`.
/// Source: OpenID Connect Core section 3.1.3.7, points 3 to 5.
fn id_token_client(token: &SignedToken, wanted: &str) -> Check {
    let check = audience(token, wanted);
    let azp = token.claims.get("azp");
    let is_another = azp.is_some_and(|azp| azp.as_str() != Some(wanted));
    let is_open = azp.is_none() && audiences(token).len() > 1;
    if matches!(check.outcome, super::Outcome::Held) && (is_another || is_open) {
        let detail = "several or other clients asked for it (azp)";
        return failed("audience", Failure::AudienceMismatch, detail);
    }
    check
}

/// An access token names its client in `client_id`, with some providers in `azp`.
/// Source: AWS page "Understanding the access token"; RFC 9068 section 2.2.
fn access_token_client(token: &SignedToken, wanted: &str) -> Check {
    const NAME: &str = "client_id";
    let told = token.text("client_id").or_else(|| token.text("azp"));
    match told {
        Some(told) if told == wanted => held(NAME, shown(told)),
        Some(told) => {
            let detail = format!("{}, and not {}", shown(told), shown(wanted));
            failed(NAME, Failure::ClientMismatch, detail)
        }
        None => failed(
            NAME,
            Failure::ClientMismatch,
            "the token names no client (client_id)",
        ),
    }
}

fn audiences(token: &SignedToken) -> Vec<&str> {
    match token.claims.get("aud") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn nonce_check(token: &SignedToken, wanted: &str) -> Check {
    const NAME: &str = "nonce";
    match token.text("nonce") {
        Some(told) if is_equal(told, wanted) => held(NAME, "that of this sign-in"),
        Some(_) => failed(NAME, Failure::NonceMismatch, "that of another sign-in"),
        None => failed(
            NAME,
            Failure::NonceMismatch,
            "the token has none, and one was sent",
        ),
    }
}

fn subject_check(token: &SignedToken, wanted: &str) -> Check {
    const NAME: &str = "subject";
    match token.text("sub") {
        Some(told) if told == wanted => held(NAME, shown(told)),
        told => {
            let told = shown(told.unwrap_or("nobody"));
            let detail = format!("{told}, and not {}, who signed in", shown(wanted));
            failed(NAME, Failure::SubjectMismatch, detail)
        }
    }
}

/// The left half of the hash of the access token, by the hash of the signature's algorithm.
/// Source: OpenID Connect Core section 3.1.3.6. Inferred: `EdDSA` with Ed25519 uses SHA-512, which
/// is the hash inside it.
fn at_hash(token: &SignedToken, access_token: &str) -> Check {
    const NAME: &str = "at_hash";
    let Some(told) = token.claims.get("at_hash") else {
        return skipped(NAME, "the token has none");
    };
    let hash: &Algorithm = match token.header_text("alg").unwrap_or_default() {
        alg if alg.ends_with("384") => &SHA384,
        alg if alg.ends_with("512") || alg == "EdDSA" => &SHA512,
        _ => &SHA256,
    };
    let whole = digest(hash, access_token.as_bytes());
    let half = &whole.as_ref()[..whole.as_ref().len() / 2];
    if is_equal(
        told.as_str().unwrap_or_default(),
        &URL_SAFE_NO_PAD.encode(half),
    ) {
        return held(NAME, "that of the access token beside it");
    }
    let detail = "that of another access token than the one beside it";
    failed(NAME, Failure::AtHashMismatch, detail)
}

fn is_equal(left: &str, right: &str) -> bool {
    verify_slices_are_equal(left.as_bytes(), right.as_bytes()).is_ok()
}
