//! What a sign-in leaves behind: token families, authorization codes, challenges, browser
//! sessions.

use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, OriginJti, Sub, UserPoolId};
use crate::time::Timestamp;

/// All tokens that one sign-in led to; revoking it ends them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokenFamily {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Its id, the `origin_jti` claim.
    pub origin_jti: OriginJti,
    /// Who signed in.
    pub sub: Sub,
    /// Through which client.
    pub client_id: ClientId,
    /// The user's token generation at sign-in; behind the user's, the family is dead.
    pub token_generation: i64,
    /// Granted scopes, separated by blanks.
    pub scope: String,
    /// Which door issued the first tokens.
    pub origin: TokenOrigin,
    /// When the user signed in: `auth_time`.
    pub authenticated_at: Timestamp,
    /// When its refresh token ends; rotation does not move it.
    pub expires_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// Which refresh token of a rotating client is current: 0 for the first.
    pub rotation: i64,
    /// When the current one replaced the one before.
    pub rotated_at: Option<Timestamp>,
    /// The value of the `nonce` claim, repeated in refreshed ID tokens.
    pub nonce: Option<String>,
    /// The API named by `resource` (RFC 8707): the access token's `aud`.
    pub resource: Option<String>,
}

/// Which door issued the first tokens of a family; some claims differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenOrigin {
    /// The JSON API: no `version`, no `at_hash`, every readable attribute.
    Api,
    /// The OAuth endpoints.
    OAuth,
}

/// An authorization code that was issued, by the hash of its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuthorizationCode {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Hash of the code.
    pub code_hash: Vec<u8>,
    /// The client it was issued to.
    pub client_id: ClientId,
    /// Who signed in.
    pub sub: Sub,
    /// The user's token generation then.
    pub token_generation: i64,
    /// The redirect URI of the request, which the exchange must repeat.
    pub redirect_uri: String,
    /// Granted scopes, separated by blanks.
    pub scope: String,
    /// The `nonce` parameter.
    pub nonce: Option<String>,
    /// The S256 code challenge.
    pub code_challenge: Option<String>,
    /// The `resource` parameter.
    pub resource: Option<String>,
    /// When the user signed in.
    pub authenticated_at: Timestamp,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was exchanged.
    pub spent_at: Option<Timestamp>,
    /// The family that the exchange made.
    pub origin_jti: Option<OriginJti>,
}

/// The row behind a sealed challenge: what must be counted and spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChallengeSession {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Random id inside the sealed blob.
    pub id: String,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Answers taken so far.
    pub tries: i64,
    /// When it was answered rightly.
    pub spent_at: Option<Timestamp>,
}

/// A browser that signed in on a pool's pages, by the hash of its cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrowserSession {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Hash of the cookie's value.
    pub cookie_hash: Vec<u8>,
    /// Who signed in.
    pub sub: Sub,
    /// The user's token generation then; behind the user's, the session is over.
    pub token_generation: i64,
    /// When the user signed in.
    pub authenticated_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}
