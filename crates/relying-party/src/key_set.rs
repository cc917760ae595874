//! The keys of an issuer, and the one that a token names.
//!
//! Source: RFC 7517, RFC 7518 section 6.

use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;

use crate::token::SignedToken;

/// Most keys that a set may hold.
const MOST_KEYS: usize = 100;

/// Fewest characters of the modulus of an RSA key of 2048 bits, in base64url.
const FEWEST_MODULUS_CHARACTERS: usize = 342;

/// The public keys of an issuer.
#[derive(Clone, Debug)]
pub struct KeySet(Vec<Jwk>);

/// A key, as far as it is needed to verify.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Jwk {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// Why a document is no set of keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeySetError {
    /// It has no list of keys.
    #[error("the keys of the issuer are no JSON with a list of keys")]
    Malformed,
    /// It has more than [`MOST_KEYS`].
    #[error("the issuer has more than 100 keys, which were not taken")]
    TooMany,
}

/// Why no key verifies a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyFault {
    /// No key has the id.
    Unknown(String),
    /// The token names none, and several could be meant.
    Ambiguous,
    /// The key is for something else, or cannot be used.
    Unusable(String),
}

impl KeySet {
    /// Reads a set; keys of an unknown kind are no fault, others may be meant.
    /// # Errors
    /// [`KeySetError`]
    pub fn parse(json: &[u8]) -> Result<Self, KeySetError> {
        #[derive(Deserialize)]
        struct Document {
            keys: Vec<serde_json::Value>,
        }
        let document: Document =
            serde_json::from_slice(json).map_err(|_| KeySetError::Malformed)?;
        if document.keys.len() > MOST_KEYS {
            return Err(KeySetError::TooMany);
        }
        let keys = document.keys.into_iter();
        let keys = keys.filter_map(|key| serde_json::from_value(key).ok());
        Ok(Self(keys.collect()))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The key that a token names.
    pub(crate) fn of(&self, token: &SignedToken, alg: Algorithm) -> Result<&Jwk, KeyFault> {
        if let Some(kid) = token.header.get("kid") {
            let kid = kid.as_str().unwrap_or_default();
            let found = self.0.iter().find(|key| key.kid.as_deref() == Some(kid));
            return found.ok_or_else(|| KeyFault::Unknown(kid.to_owned()));
        }
        let mut fitting = self.0.iter().filter(|key| key.fault(alg).is_none());
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Ok(key),
            (None, _) => Err(KeyFault::Unknown(String::new())),
            (Some(_), Some(_)) => Err(KeyFault::Ambiguous),
        }
    }
}

impl Jwk {
    /// Why it cannot verify signatures of an algorithm.
    fn fault(&self, alg: Algorithm) -> Option<String> {
        let (kind, curve) = kind_of(alg)?;
        if self.kty != kind {
            return Some(format!("it is of the kind \"{}\", not {kind}", self.kty));
        }
        if self
            .purpose
            .as_deref()
            .is_some_and(|purpose| purpose != "sig")
        {
            return Some("it is not for signatures".to_owned());
        }
        let name = format!("{alg:?}");
        if let Some(own) = self.alg.as_deref().filter(|own| *own != name) {
            return Some(format!("it is for {own} alone, and the token says {name}"));
        }
        if let Some(curve) = curve.filter(|curve| self.crv.as_deref() != Some(curve)) {
            return Some(format!("its curve is not {curve}"));
        }
        let modulus = self.n.as_deref().map_or(0, str::len);
        if kind == "RSA" && modulus < FEWEST_MODULUS_CHARACTERS {
            return Some("it has fewer than 2048 bits".to_owned());
        }
        None
    }

    /// The key, ready to verify.
    pub(crate) fn ready(&self, alg: Algorithm) -> Result<DecodingKey, KeyFault> {
        if let Some(fault) = self.fault(alg) {
            return Err(KeyFault::Unusable(fault));
        }
        let made = match (self.kty.as_str(), &self.n, &self.e, &self.x, &self.y) {
            ("RSA", Some(n), Some(e), _, _) => DecodingKey::from_rsa_components(n, e),
            ("EC", _, _, Some(x), Some(y)) => DecodingKey::from_ec_components(x, y),
            ("OKP", _, _, Some(x), _) => DecodingKey::from_ed_components(x),
            _ => return Err(KeyFault::Unusable("it is not complete".to_owned())),
        };
        made.map_err(|_| KeyFault::Unusable("it is malformed".to_owned()))
    }
}

/// The kind of key and the curve of an algorithm; `None` for those with shared secrets, which no
/// published key may verify.
/// Source: RFC 7518 section 3.1, RFC 8037 section 3.1.
pub(crate) fn kind_of(alg: Algorithm) -> Option<(&'static str, Option<&'static str>)> {
    match alg {
        Algorithm::RS256
        | Algorithm::RS384
        | Algorithm::RS512
        | Algorithm::PS256
        | Algorithm::PS384
        | Algorithm::PS512 => Some(("RSA", None)),
        Algorithm::ES256 => Some(("EC", Some("P-256"))),
        Algorithm::ES384 => Some(("EC", Some("P-384"))),
        Algorithm::EdDSA => Some(("OKP", Some("Ed25519"))),
        Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s57_what_is_no_set_of_keys_is_refused_and_a_strange_key_is_passed_over() {
        for text in ["", "{}", "[]", r#"{"keys":{}}"#, r#"{"keys":1}"#] {
            let refused = KeySet::parse(text.as_bytes()).err();
            assert_eq!(refused, Some(KeySetError::Malformed), "{text}");
        }
        let many = format!(r#"{{"keys":[{}{{}}]}}"#, "{},".repeat(MOST_KEYS));
        assert_eq!(
            KeySet::parse(many.as_bytes()).err(),
            Some(KeySetError::TooMany)
        );
        let strange = r#"{"keys":[1,{"kty":5},{"kty":"AKP","kid":"a"}]}"#;
        assert_eq!(
            KeySet::parse(strange.as_bytes()).map(|set| set.count()),
            Ok(1)
        );
    }
}
