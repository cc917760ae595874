//! Says in words what a token holds.

use poolhouse_model::Timestamp;
use serde_json::Value;

use crate::instant::{from_now, length};
use crate::shown::shown;
use crate::token::{Members, SignedToken, Token};
use crate::verification::{TokenUse, told_instant, told_use};

/// A token in words. Every text is fit to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// What it is, in a sentence or two.
    pub summary: String,
    /// Each claim: its name, its value, what it means.
    pub claims: Vec<ClaimWords>,
    /// What can be seen to be wrong without asking anybody.
    pub faults: Vec<String>,
}

/// A claim in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimWords {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// What it means; nothing where only the issuer knows.
    pub meaning: &'static str,
}

/// What claims mean.
/// Source: RFC 7519 section 4.1; OpenID Connect Core sections 2 and 5.1; AWS pages "Understanding
/// the identity token" and "Understanding the access token".
const MEANINGS: [(&str, &str); 32] = [
    ("iss", "who issued it"),
    (
        "sub",
        "whom it is about: the id of the user (or of the client itself)",
    ),
    ("aud", "for whom it is: the app client of an ID token"),
    ("azp", "the client that asked for it"),
    ("exp", "until when it is good"),
    ("iat", "when it was issued"),
    ("nbf", "from when on it is good"),
    ("auth_time", "when the user signed in"),
    ("jti", "its own id"),
    (
        "origin_jti",
        "the sign-in that it comes from; revoking the refresh token ends all of it",
    ),
    ("event_id", "the request that issued it, for the log"),
    (
        "token_use",
        "what it is for: id (tells an app who signed in) or access (opens an API)",
    ),
    ("client_id", "the app client it was issued to"),
    ("scope", "what it may do"),
    ("version", "2 for tokens of the OAuth endpoints"),
    ("username", "the user's name"),
    ("cognito:username", "the user's name"),
    (
        "cognito:groups",
        "the user's groups, the most important first",
    ),
    ("cognito:roles", "the IAM roles of these groups"),
    (
        "cognito:preferred_role",
        "the role of the most important group",
    ),
    (
        "identities",
        "the accounts elsewhere that the user is linked with",
    ),
    ("nonce", "binds it to one sign-in of the app"),
    (
        "at_hash",
        "binds it to the access token that came beside it",
    ),
    ("c_hash", "binds it to the code that came beside it"),
    ("device_key", "the remembered device"),
    ("email", "e-mail address"),
    ("email_verified", "whether the address was proven"),
    ("phone_number", "phone number"),
    ("phone_number_verified", "whether the number was proven"),
    ("amr", "how the user proved who it is"),
    ("acr", "how well the user proved who it is"),
    ("sid", "the session at the issuer"),
];

/// Claims that are instants.
const INSTANTS: [&str; 4] = ["exp", "iat", "nbf", "auth_time"];

/// Describes a token as of an instant. Nothing of it was verified.
pub fn describe(token: &Token, now: Timestamp) -> Description {
    match token {
        Token::Signed(token) => describe_signed(token, now),
        Token::Encrypted { header } => describe_encrypted(header),
    }
}

fn describe_encrypted(header: &Members) -> Description {
    let text = |name| {
        shown(
            header
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or("unknown"),
        )
    };
    Description {
        summary: format!(
            "An encrypted token ({}, {}). Only who issued it can read it; Cognito's refresh tokens \
             look like this. An app sends it to the token endpoint as it is.",
            text("alg"),
            text("enc")
        ),
        ..Description::default()
    }
}

fn describe_signed(token: &SignedToken, now: Timestamp) -> Description {
    let claims = token.claims.iter().map(|(name, value)| ClaimWords {
        name: shown(name),
        value: shown(&value_in_words(name, value, now)),
        meaning: meaning(name),
    });
    Description {
        summary: summary(token, now),
        claims: claims.collect(),
        faults: faults(token, now),
    }
}

fn summary(token: &SignedToken, now: Timestamp) -> String {
    let kind = match told_use(token) {
        Some(TokenUse::Id) => "An ID token: it tells an app who signed in. It is not for APIs",
        Some(TokenUse::Access)
            if token.text("username").is_none() && token.text("sub") == token.text("client_id") =>
        {
            "An access token of an app client itself (client credentials): it opens an API, and no user is behind it"
        }
        Some(TokenUse::Access) => "An access token: it opens an API",
        None if token.claims.contains_key("nonce") || token.claims.contains_key("at_hash") => {
            "It looks like an ID token, which tells an app who signed in"
        }
        None => "A signed token; it does not say what it is for",
    };
    let issuer = token.text("iss").map_or("nobody".to_owned(), shown);
    let mut text = format!("{kind}. It says that {issuer} issued it");
    if let (Some(from), Some(to)) = (instant_of(token, "iat"), instant_of(token, "exp")) {
        let seconds = to.as_secs().saturating_sub(from.as_secs());
        if let Ok(seconds) = u64::try_from(seconds) {
            text = format!("{text} for {}", length(seconds));
        }
        let state = if to <= now {
            "it is over"
        } else {
            "it is not over yet"
        };
        text = format!("{text}, and {state}");
    }
    text + ". Nothing of this was verified."
}

fn value_in_words(name: &str, value: &Value, now: Timestamp) -> String {
    let at = INSTANTS
        .contains(&name)
        .then(|| told_instant(value))
        .flatten();
    match (at, value) {
        (Some(at), _) => from_now(at, now),
        (None, Value::String(text)) => text.clone(),
        (None, other) => other.to_string(),
    }
}

fn meaning(name: &str) -> &'static str {
    if name.starts_with("custom:") {
        return "an attribute of the pool's own";
    }
    let known = MEANINGS.iter().find(|(known, _)| *known == name);
    known.map_or("", |(_, meaning)| meaning)
}

fn instant_of(token: &SignedToken, claim: &str) -> Option<Timestamp> {
    token.claims.get(claim).and_then(told_instant)
}

/// What is wrong whatever the token is used for.
fn faults(token: &SignedToken, now: Timestamp) -> Vec<String> {
    let mut faults = Vec::new();
    let alg = token.header_text("alg").unwrap_or_default();
    if alg.eq_ignore_ascii_case("none") {
        faults.push("It is not signed (alg is none): anybody can have written it.".to_owned());
    } else if alg.starts_with("HS") {
        faults.push(format!(
            "It is signed with a shared secret ({}), which Cognito and OpenID providers never do.",
            shown(alg)
        ));
    }
    for member in ["jku", "x5u", "jwk", "x5c"] {
        if token.header.contains_key(member) {
            faults.push(format!(
                "Its header brings a key along ({member}), which must not be believed."
            ));
        }
    }
    if !token.header.contains_key("kid") {
        faults.push("Its header names no key (kid).".to_owned());
    }
    match token.claims.get("exp").map(told_instant) {
        None => faults.push("It does not say when it expires (exp).".to_owned()),
        Some(None) => faults
            .push("exp is no number of seconds since 1970; are those milliseconds?".to_owned()),
        Some(Some(at)) if at <= now => {
            faults.push(format!("It has expired: {}.", from_now(at, now)));
        }
        Some(Some(_)) => {}
    }
    for claim in ["iat", "nbf"] {
        if let Some(at) = instant_of(token, claim).filter(|at| *at > now) {
            faults.push(format!(
                "{claim} lies ahead: {}. Is a clock wrong?",
                from_now(at, now)
            ));
        }
    }
    if !token.claims.contains_key("iss") {
        faults.push("It names no issuer (iss), so that nobody can verify it.".to_owned());
    }
    if token.text("token_use") == Some("access") && token.claims.contains_key("nonce") {
        faults.push("An access token with a nonce: that belongs into an ID token.".to_owned());
    }
    faults
}

#[cfg(test)]
mod tests;
