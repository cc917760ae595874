//! Checking a compact JWS.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, de::IgnoredAny};

use super::VerifyingKey;

/// Longest token that is looked at: an access token names up to a hundred groups, an ID token carries
/// all readable attributes of its user.
pub const MAX_TOKEN_BYTES: usize = 96 * 1024;

/// Longest encoded header; ours has some 100 characters.
const MAX_HEADER_CHARACTERS: usize = 2048;

/// Longest `kid` that is looked up; ours have 44 characters.
const MAX_KID_BYTES: usize = 256;

/// The only algorithm.
const ALGORITHM: &str = "RS256";

/// Why a token was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// Longer than [`MAX_TOKEN_BYTES`], or with too long a header or `kid`.
    #[error("the token is too long")]
    TooLong,
    /// Not three parts, one of them empty, or not canonical base64url.
    #[error("the token is no compact JWS")]
    NotCompact,
    /// The header is no JSON object with `alg` and `kid` as text, each once.
    #[error("the header of the token cannot be read")]
    BadHeader,
    /// `alg` is not exactly `RS256`.
    #[error("the algorithm of the token is not RS256")]
    WrongAlgorithm,
    /// The header names extensions that must be understood (`crit`).
    #[error("the header of the token asks for extensions")]
    CriticalExtension,
    /// No key has this `kid`.
    #[error("no key has the id that the token names")]
    UnknownKey,
    /// The signature is not that key's over this header and payload.
    #[error("the signature of the token is wrong")]
    BadSignature,
}

/// The members that are read; `jku`, `x5u`, `jwk`, `x5c` and others are not looked at.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
    crit: Option<IgnoredAny>,
}

/// A compact JWS in its parts, which nobody has checked yet.
pub struct UncheckedJws<'a> {
    kid: String,
    signed: &'a str,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl<'a> UncheckedJws<'a> {
    /// Takes a token apart.
    /// # Errors
    /// One of [`JwsError`] for each way to be refused, but those of the key and the signature.
    pub fn parse(token: &'a str) -> Result<Self, JwsError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(JwsError::TooLong);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(JwsError::NotCompact)?;
        let (header, payload) = signed.split_once('.').ok_or(JwsError::NotCompact)?;
        let header = read_header(header)?;
        Ok(Self {
            kid: header.kid,
            signed,
            payload: decode(payload)?,
            signature: decode(signature)?,
        })
    }

    /// The payload, good for nothing but to find out whose key to ask for.
    pub fn unchecked_payload(&self) -> &[u8] {
        &self.payload
    }

    /// Checks the signature against the key that `keys` has for the token's `kid` and returns the
    /// payload. The claims are not looked at.
    /// # Errors
    /// [`JwsError::UnknownKey`], [`JwsError::BadSignature`].
    pub fn verify(
        self,
        keys: impl Fn(&str) -> Option<Arc<VerifyingKey>>,
    ) -> Result<Vec<u8>, JwsError> {
        let key = keys(&self.kid).ok_or(JwsError::UnknownKey)?;
        if !key.is_signed(self.signed.as_bytes(), &self.signature) {
            return Err(JwsError::BadSignature);
        }
        Ok(self.payload)
    }
}

/// Checks a compact JWS against the key that `keys` has for its `kid` and returns the payload.
///
/// The claims are not looked at.
/// # Errors
/// One of [`JwsError`] for each way to be refused.
pub fn verify(
    token: &str,
    keys: impl Fn(&str) -> Option<Arc<VerifyingKey>>,
) -> Result<Vec<u8>, JwsError> {
    UncheckedJws::parse(token)?.verify(keys)
}

fn read_header(encoded: &str) -> Result<Header, JwsError> {
    if encoded.len() > MAX_HEADER_CHARACTERS {
        return Err(JwsError::TooLong);
    }
    let header: Header =
        serde_json::from_slice(&decode(encoded)?).map_err(|_| JwsError::BadHeader)?;
    if header.alg != ALGORITHM {
        return Err(JwsError::WrongAlgorithm);
    }
    if header.crit.is_some() {
        return Err(JwsError::CriticalExtension);
    }
    if header.kid.len() > MAX_KID_BYTES {
        return Err(JwsError::TooLong);
    }
    Ok(header)
}

/// Decodes one part; the engine refuses padding, stray bits and other alphabets.
fn decode(part: &str) -> Result<Vec<u8>, JwsError> {
    if part.is_empty() {
        return Err(JwsError::NotCompact);
    }
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| JwsError::NotCompact)
}
