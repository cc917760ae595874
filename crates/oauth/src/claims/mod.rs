//! Claims of ID and access tokens: written for signing, and read back after the signature was
//! checked.

mod access_token;
mod attribute;
mod id_token;
pub(crate) mod json_object;
mod parsed;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_model::{OriginJti, SecretString, Timestamp};

pub use access_token::{AccessTokenClaims, ClientAccessTokenClaims};
pub use id_token::{GroupClaims, IdTokenClaims, LinkedIdentity};
pub use parsed::{ClaimsError, MAX_CLOCK_SKEW, ParsedAccessClaims, ParsedIdClaims, TokenContext};

/// The instants that a token carries, written in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenTimes {
    /// `auth_time`: when the user signed in; a refresh does not move it.
    pub authenticated_at: Timestamp,
    /// `iat`
    pub issued_at: Timestamp,
    /// `exp`
    pub expires_at: Timestamp,
}

/// Ids that tokens of a client carry if their revocation or rotation is enabled.
/// Source: AWS page "Ending user sessions with token revocation".
#[derive(Clone, Copy, Debug)]
pub struct TokenIds<'a> {
    /// Id of this token.
    pub jti: &'a str,
    /// Id of the family that the sign-in began.
    pub origin_jti: &'a OriginJti,
}

/// The `at_hash` claim: the left half of the access token's SHA-256 in base64url.
/// Source: OpenID Connect Core section 3.1.3.6.
pub fn at_hash(access_token: &SecretString) -> String {
    let hash = digest(&SHA256, access_token.expose().as_bytes());
    URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_hash_is_the_left_half_of_the_digest() {
        // Source: the example of OpenID Connect Core appendix A.3.
        let access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y".into();
        assert_eq!(at_hash(&access_token), "77QmUPtjPfzWtF2AnpK9RQ");
    }
}
