//! An independent verifier of the tokens, as a relying party runs one.

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use poolhouse_model::{SecretString, UserPoolId};
use poolhouse_service::Service;
use serde_json::Value;

/// The claims of a token whose signature holds under a key that the pool publishes.
pub(crate) async fn claims(service: &Service, pool_id: &UserPoolId, token: &SecretString) -> Value {
    let keys = service.jwk_set(pool_id).await.unwrap();
    let keys: JwkSet = serde_json::from_str(&keys).unwrap();
    assert_eq!(keys.keys.len(), 2, "one key for each kind of token");
    let header = decode_header(token.expose()).unwrap();
    assert_eq!((header.alg, header.typ), (Algorithm::RS256, None));
    let key = keys.find(&header.kid.unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    // The clock of a test stands still somewhere else.
    validation.validate_exp = false;
    validation.validate_aud = false;
    let key = DecodingKey::from_jwk(key).unwrap();
    decode(token.expose(), &key, &validation).unwrap().claims
}

/// The names of the claims, in order of the alphabet.
pub(crate) fn names(claims: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = claims
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}

/// The `kid` of a token.
pub(crate) fn kid(token: &SecretString) -> String {
    decode_header(token.expose()).unwrap().kid.unwrap()
}
