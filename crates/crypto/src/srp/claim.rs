//! The signature by which a client proves the session key.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{constant_time, hash::hmac_sha256};

/// What `PASSWORD_CLAIM_SIGNATURE` signs.
/// Source: amazon-cognito-identity-js and pycognito, which sign these four one after the other.
#[derive(Clone, Copy, Debug)]
pub struct PasswordClaim<'a> {
    /// The part of the pool's id after the `_`; for a device its group key.
    pub pool_name: &'a str,
    /// `USER_ID_FOR_SRP`; for a device its key.
    pub user_id: &'a str,
    /// The decoded bytes of `PASSWORD_CLAIM_SECRET_BLOCK`.
    pub secret_block: &'a [u8],
    /// `TIMESTAMP` as it was sent, already found canonical by [`super::timestamp::parse`].
    pub timestamp: &'a str,
}

impl PasswordClaim<'_> {
    /// Computes the signature under a session key.
    pub fn signature(&self, session_key: &[u8; 16]) -> [u8; 32] {
        hmac_sha256(
            session_key,
            &[
                self.pool_name.as_bytes(),
                self.user_id.as_bytes(),
                self.secret_block,
                self.timestamp.as_bytes(),
            ],
        )
    }

    /// Tells in constant time whether `claimed`, standard base64, is the signature.
    pub fn verify(&self, session_key: &[u8; 16], claimed: &str) -> bool {
        let expected = STANDARD.encode(self.signature(session_key));
        constant_time::equal(expected.as_bytes(), claimed.as_bytes())
    }
}
