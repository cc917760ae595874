//! An address that begins a sign-in.

use poolhouse_oauth::pkce::CodeChallenge;
use poolhouse_oauth::scope::{EMAIL, OPENID, PHONE, PROFILE};
use url::Url;

use super::query::Query;
use super::{Fault, redirect_target};
use crate::shown::shown;

/// What OpenID Connect knows and Cognito does not.
const FOREIGN_RESPONSE_TYPES: [&str; 5] = [
    "id_token",
    "token id_token",
    "id_token token",
    "code id_token",
    "code token",
];

/// What it is, and what is wrong.
pub(super) fn advise(address: &Url, query: &Query) -> (String, Vec<Fault>) {
    let host = shown(address.host_str().unwrap_or_default());
    let grant = match query.get("response_type") {
        Some("code") => "the authorization code grant",
        Some("token") => "the implicit grant",
        _ => "no grant that is known",
    };
    let pkce = if query.has("code_challenge") {
        " with PKCE"
    } else {
        ""
    };
    let summary = format!("An address that begins a sign-in at {host} by {grant}{pkce}.");
    let mut faults = Vec::new();
    if let Some(fragment) = address.fragment() {
        faults.push(Fault::wrong(format!(
            "There is a # in the address: what follows (\"{}\") never reaches the server. Write %23 \
             where a value has a #.",
            shown(fragment)
        )));
    }
    required(query, &mut faults);
    response_type(query, &mut faults);
    if let Some(target) = query.filled("redirect_uri") {
        faults.extend(redirect_target::faults("redirect_uri", target));
    }
    pkce_faults(query, &mut faults);
    scope(query, &mut faults);
    practice(query, &mut faults);
    (summary, faults)
}

fn required(query: &Query, faults: &mut Vec<Fault>) {
    if query.filled("client_id").is_none() {
        faults.push(Fault::wrong(
            "client_id is missing: nobody knows which app asks.",
        ));
    }
    if query.filled("redirect_uri").is_none() {
        faults.push(Fault::wrong(
            "redirect_uri is missing. (Only a client with one provider and one callback URL can do \
             without.)",
        ));
    }
}

fn response_type(query: &Query, faults: &mut Vec<Fault>) {
    match query.filled("response_type") {
        Some("code" | "token") => {}
        None => faults.push(Fault::wrong(
            "response_type is missing: write response_type=code.",
        )),
        Some(other) if FOREIGN_RESPONSE_TYPES.contains(&other) => {
            faults.push(Fault::wrong(format!(
                "response_type \"{}\" is known to OpenID Connect, but not to Cognito: code or token.",
                shown(other)
            )));
        }
        Some(other) => faults.push(Fault::wrong(format!(
            "response_type \"{}\" does not exist: write response_type=code.",
            shown(other)
        ))),
    }
    if query.get("response_type") == Some("token") {
        faults.push(Fault::doubtful(
            "The implicit grant puts tokens into an address, and gives no refresh token: new apps use \
             response_type=code with PKCE.",
        ));
    }
}

fn pkce_faults(query: &Query, faults: &mut Vec<Fault>) {
    let (challenge, method) = (
        query.filled("code_challenge"),
        query.filled("code_challenge_method"),
    );
    match (challenge, method) {
        (None, None) => {
            if query.get("response_type") == Some("code") {
                faults.push(Fault::doubtful(
                    "There is no code_challenge (PKCE): whoever catches the code can use it.",
                ));
            }
            return;
        }
        (None, Some(_)) => faults.push(Fault::wrong(
            "code_challenge_method comes without a code_challenge.",
        )),
        (Some(_), None) => faults.push(Fault::wrong(
            "code_challenge comes without code_challenge_method=S256; it would count as plain, which \
             Cognito refuses.",
        )),
        (Some(_), Some("S256")) => {}
        (Some(_), Some(other)) => faults.push(Fault::wrong(format!(
            "code_challenge_method \"{}\" is refused by Cognito: S256, in this spelling, is the only one.",
            shown(other)
        ))),
    }
    if query.get("response_type") == Some("token") {
        faults.push(Fault::wrong(
            "The implicit grant has no exchange, so that PKCE does nothing there: response_type=code \
             is meant.",
        ));
    }
    if let Some(challenge) = challenge.filter(|text| CodeChallenge::parse(text).is_none()) {
        faults.push(Fault::wrong(challenge_fault(challenge)));
    }
}

fn challenge_fault(challenge: &str) -> String {
    let count = challenge.chars().count();
    let hint = match count {
        44 if challenge.ends_with('=') => "take the = at its end away",
        64 if challenge.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            "it is the hash in hexadecimal; base64url of the 32 bytes is meant"
        }
        88 | 86 => "it may be the base64url of the hexadecimal text, or of another hash",
        43 if challenge.contains(['+', '/', ' ']) => {
            "it is base64; in base64url + is written - and / is written _"
        }
        _ => "it is the base64url of the SHA-256 of the verifier, without = at its end",
    };
    format!("code_challenge has {count} characters where 43 of A-Z a-z 0-9 - _ are due: {hint}.")
}

fn scope(query: &Query, faults: &mut Vec<Fault>) {
    let Some(scope) = query.filled("scope") else {
        faults.push(Fault::doubtful(
            "There is no scope: all that the client may ask for is asked for.",
        ));
        return;
    };
    for (separator, name) in [(',', "commas"), (';', "semicolons"), ('|', "bars")] {
        if scope.contains(separator) {
            faults.push(Fault::wrong(format!(
                "The scopes are parted by {name}; blanks are due (+ or %20 in an address)."
            )));
        }
    }
    if scope.contains('+') {
        faults.push(Fault::wrong(
            "The scopes hold a + after decoding (%2B): they were encoded twice. Write + or %20 \
             between them.",
        ));
    }
    let named: Vec<&str> = scope
        .split([' ', ',', '+', ';', '|'])
        .filter(|s| !s.is_empty())
        .collect();
    let needs_openid = [PROFILE, EMAIL, PHONE]
        .iter()
        .find(|name| named.contains(name));
    if let Some(needy) = needs_openid.filter(|_| !named.contains(&OPENID)) {
        faults.push(Fault::wrong(format!(
            "The scope {needy} needs openid beside it."
        )));
    }
    if named.contains(&"offline_access") {
        faults.push(Fault::doubtful(
            "offline_access is no scope of Cognito, which gives a refresh token with every code; it \
             answers invalid_scope.",
        ));
    }
    for close in named
        .iter()
        .filter(|name| name.eq_ignore_ascii_case(OPENID) && **name != OPENID)
    {
        faults.push(Fault::wrong(format!(
            "The scope {} is written openid.",
            shown(close)
        )));
    }
}

fn practice(query: &Query, faults: &mut Vec<Fault>) {
    if query.filled("state").is_none() {
        faults.push(Fault::doubtful(
            "There is no state: the app cannot tell its own answer from a forged one.",
        ));
    }
    if let Some(mode) = query
        .filled("response_mode")
        .filter(|mode| *mode != "query")
    {
        faults.push(Fault::doubtful(format!(
            "response_mode={} is ignored by Cognito: a code comes in the query, tokens in the fragment.",
            shown(mode)
        )));
    }
    let prompts: Vec<&str> = query.get("prompt").unwrap_or_default().split(' ').collect();
    if prompts.contains(&"none") && prompts.len() > 1 {
        faults.push(Fault::wrong("prompt=none stands alone."));
    }
}
