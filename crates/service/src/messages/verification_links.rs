//! Links that confirm a sign-up: made, and recognised when they come back.
//!
//! A link holds a code of its own kind, which the API refuses where it wants a typed one. The code
//! tells by itself whether it was made here, for this user and client; the row of the user's
//! sign-up code tells whether it is the newest and unused.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_crypto::constant_time;
use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{AppClient, ClientId, RngExt, SecretString, Sub, User};
use url::form_urlencoded::Serializer;

use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// Random bytes of a link, and bytes that prove it was made here.
const PART_BYTES: usize = 16;

/// Path of the page that a link leads to.
/// Source: AWS page "User pool endpoints".
const PATH: &str = "/confirmUser";

/// A new link.
pub(super) struct NewLink {
    /// The link.
    pub(super) url: SecretString,
    /// What is kept of its code.
    pub(super) code_hash: Vec<u8>,
}

impl Service {
    /// Makes a link that confirms a sign-up at a client.
    /// Source: links that the service sent, for the names of the parameters.
    pub(super) async fn make_link(
        &self,
        client: &AppClient,
        keys: &PoolKeyring,
        user: &User,
    ) -> Result<NewLink, ServiceError> {
        let code = make_link_code(keys, &user.sub, &client.id, self.rng.bytes());
        let query = Serializer::new(String::new())
            .append_pair("client_id", client.id.as_str())
            .append_pair("user_name", user.username.as_str())
            .append_pair("confirmation_code", &code)
            .finish();
        let base = self.pages_url(&user.pool_id).await?;
        Ok(NewLink {
            url: SecretString::new(format!("{base}{PATH}?{query}")),
            code_hash: hash_link_code(keys, &user.sub, &client.id, &code),
        })
    }
}

fn make_link_code(
    keys: &PoolKeyring,
    sub: &Sub,
    client_id: &ClientId,
    random: [u8; PART_BYTES],
) -> String {
    let mut code = random.to_vec();
    code.extend_from_slice(&prove(keys, sub, client_id, &random));
    URL_SAFE_NO_PAD.encode(code)
}

/// Whether a code is that of a link which was made here for a user and client, used or not.
pub(crate) fn is_link_code(
    keys: &PoolKeyring,
    sub: &Sub,
    client_id: &ClientId,
    code: &str,
) -> bool {
    let decoded = URL_SAFE_NO_PAD.decode(code).unwrap_or_default();
    let Some((random, proof)) = decoded.split_first_chunk::<PART_BYTES>() else {
        return false;
    };
    constant_time::equal(proof, &prove(keys, sub, client_id, random))
}

fn prove(
    keys: &PoolKeyring,
    sub: &Sub,
    client_id: &ClientId,
    random: &[u8; PART_BYTES],
) -> Vec<u8> {
    let text = format!("link\n{sub}\n{client_id}\n{}", hex::encode(random));
    let proof = keys.sealer.mac(Purpose::CodeKey, text.as_bytes());
    proof[..PART_BYTES].to_vec()
}

/// What is kept of a link's code; no typed code has the same.
pub(crate) fn hash_link_code(
    keys: &PoolKeyring,
    sub: &Sub,
    client_id: &ClientId,
    code: &str,
) -> Vec<u8> {
    let text = format!("used link\n{sub}\n{client_id}\n{code}");
    keys.sealer.mac(Purpose::CodeKey, text.as_bytes()).to_vec()
}
