//! What parameters mean.
//!
//! Source: RFC 6749 section 4.1, RFC 7636, OpenID Connect Core section 3.1.2.1, AWS pages
//! "Authorize endpoint" and "Logout endpoint".

use crate::shown::shown;

const MEANINGS: [(&str, &str); 29] = [
    (
        "response_type",
        "what shall come back: code, or token for the implicit grant",
    ),
    ("client_id", "the app client that asks"),
    (
        "redirect_uri",
        "where the browser goes afterwards; registered with the client, letter for letter",
    ),
    ("scope", "what the tokens may do and tell, parted by blanks"),
    (
        "state",
        "comes back unchanged, so that the app knows its own question",
    ),
    ("nonce", "comes back inside the ID token"),
    (
        "code_challenge",
        "the hash of a secret that the app keeps until the exchange (PKCE)",
    ),
    ("code_challenge_method", "how it was hashed"),
    (
        "prompt",
        "whether a page is shown though the browser is signed in",
    ),
    (
        "max_age",
        "how many seconds ago the user may have signed in",
    ),
    ("login_hint", "fills in the user name"),
    ("lang", "language of the page"),
    ("ui_locales", "languages of the page, the best first"),
    ("identity_provider", "goes straight to this provider"),
    (
        "idp_identifier",
        "goes straight to the provider of this identifier",
    ),
    ("resource", "the API that the access token is for (aud)"),
    (
        "response_mode",
        "how the answer comes back; Cognito does not know it",
    ),
    (
        "logout_uri",
        "where the browser goes after the sign-out; registered with the client",
    ),
    (
        "post_logout_redirect_uri",
        "where the browser goes after the sign-out, at other providers",
    ),
    (
        "id_token_hint",
        "who shall be signed out, at other providers",
    ),
    ("code", "is exchanged for tokens, once, within minutes"),
    ("iss", "who answers"),
    ("error", "why there is no code"),
    ("error_description", "the same for people"),
    ("access_token", "opens the API"),
    ("id_token", "tells who signed in"),
    ("token_type", "how the access token is sent"),
    ("expires_in", "seconds that the access token is good for"),
    ("session_state", "the session at the provider"),
];

/// Values that open something, and are not repeated.
const SECRETS: [&str; 7] = [
    "code",
    "access_token",
    "id_token",
    "refresh_token",
    "client_secret",
    "password",
    "code_verifier",
];

/// Characters of a secret that are shown.
const TELLING: usize = 4;

/// What a parameter means; nothing for one that the protocol does not know.
pub(super) fn of(name: &str) -> &'static str {
    let known = MEANINGS.iter().find(|(known, _)| *known == name);
    known.map_or(
        "not known to the protocol; it is carried along or ignored",
        |(_, meaning)| meaning,
    )
}

/// A value as it is shown.
pub(super) fn value(name: &str, value: &str) -> String {
    if !SECRETS.contains(&name) {
        return shown(value);
    }
    let count = value.chars().count();
    if count <= 4 * TELLING {
        return format!("({count} characters, not repeated here)");
    }
    let start: String = value.chars().take(TELLING).collect();
    format!("{}… ({count} characters)", shown(&start))
}
