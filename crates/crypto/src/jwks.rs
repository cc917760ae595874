//! The JSON Web Key Set of a pool.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;

use crate::jws::VerifyingKey;

/// A key set, serialised as the service writes it.
/// Source: RFC 7517 section 5; `jwks.json` of the service for the members and their order.
#[derive(Clone, Debug, Serialize)]
pub struct JwkSet {
    keys: Vec<Jwk>,
}

#[derive(Clone, Debug, Serialize)]
struct Jwk {
    alg: &'static str,
    e: String,
    kid: String,
    kty: &'static str,
    n: String,
    #[serde(rename = "use")]
    key_use: &'static str,
}

impl JwkSet {
    /// Lists the keys in the order given.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a VerifyingKey>) -> Self {
        Self {
            keys: keys.into_iter().map(Jwk::of).collect(),
        }
    }
}

impl Jwk {
    fn of(key: &VerifyingKey) -> Self {
        Self {
            alg: "RS256",
            e: URL_SAFE_NO_PAD.encode(key.exponent()),
            kid: key.kid().to_owned(),
            kty: "RSA",
            n: URL_SAFE_NO_PAD.encode(key.modulus()),
            key_use: "sig",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jws::SigningKey;

    #[test]
    fn a_set_has_the_members_of_the_service_in_its_order() {
        let keys = [(); 2].map(|()| SigningKey::generate().unwrap().public_key());
        let text = serde_json::to_string(&JwkSet::of(&keys)).unwrap();
        let expected: Vec<_> = keys
            .iter()
            .map(|key| {
                let (kid, n) = (key.kid(), URL_SAFE_NO_PAD.encode(key.modulus()));
                assert_eq!(n.len(), 342);
                let head = format!(r#""alg":"RS256","e":"AQAB","kid":"{kid}","kty":"RSA""#);
                format!(r#"{{{head},"n":"{n}","use":"sig"}}"#)
            })
            .collect();
        assert_eq!(text, format!(r#"{{"keys":[{}]}}"#, expected.join(",")));
    }
}
