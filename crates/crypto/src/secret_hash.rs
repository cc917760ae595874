//! `SECRET_HASH`: proof that the caller holds the client secret.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use poolhouse_model::{ClientId, SecretString};

use crate::{constant_time, hash::hmac_sha256};

/// Computes Base64(HMAC-SHA-256(client secret, username ‖ client id)).
///
/// `username` is the text of the same request, not the name it leads to.
/// Source: AWS developer guide, "Computing secret hash values".
pub fn compute(client_secret: &SecretString, username: &str, client_id: &ClientId) -> String {
    let parts = [username.as_bytes(), client_id.as_str().as_bytes()];
    STANDARD.encode(hmac_sha256(client_secret.expose().as_bytes(), &parts))
}

/// Tells whether `claimed` is the hash for these three, in constant time.
pub fn verify(
    client_secret: &SecretString,
    username: &str,
    client_id: &ClientId,
    claimed: &str,
) -> bool {
    let expected = compute(client_secret, username, client_id);
    constant_time::equal(expected.as_bytes(), claimed.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_is_met_and_every_other_input_is_refused() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../../spec/srp-vectors.json")).unwrap();
        let text = |name: &str| vectors["secret_hash"][name].as_str().unwrap().to_owned();
        let secret = SecretString::new(text("client_secret"));
        let client_id = ClientId::new(text("client_id"));
        let username = text("username");
        let expected = text("secret_hash");

        assert_eq!(compute(&secret, &username, &client_id), expected);
        assert!(verify(&secret, &username, &client_id, &expected));
        assert!(!verify(&secret, "alicia", &client_id, &expected));
        assert!(!verify(
            &secret,
            &username,
            &ClientId::new("other"),
            &expected
        ));
        assert!(!verify(
            &SecretString::new("other"),
            &username,
            &client_id,
            &expected
        ));
        assert!(!verify(
            &secret,
            &username,
            &client_id,
            expected.trim_end_matches('=')
        ));
        assert!(!verify(&secret, &username, &client_id, ""));
    }
}
