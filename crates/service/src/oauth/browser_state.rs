//! What a browser carries from one page to the next, sealed: only this server can have written it,
//! for one client of one pool, and it ends.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{ClientId, SecretString, Timestamp, Ttl};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::authorize::Authorization;
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// What a browser may carry; it proves nothing but who wrote it.
pub trait BrowserState: Serialize + DeserializeOwned {
    /// Tells it from everything else that browsers carry.
    const KIND: &'static str;
}

#[derive(Serialize, Deserialize)]
struct Envelope<T> {
    kind: String,
    client_id: ClientId,
    expires_at: Timestamp,
    content: T,
}

impl Service {
    /// Seals what a browser carries for as long as given.
    /// # Errors
    /// Those of the store.
    pub async fn seal_for_browser<T: BrowserState>(
        &self,
        authorization: &Authorization,
        content: &T,
        ttl: Ttl,
    ) -> Result<SecretString, ServiceError> {
        let keys = self.keyring(&authorization.pool.id).await?;
        let envelope = Envelope {
            kind: T::KIND.to_owned(),
            client_id: authorization.client.id.clone(),
            expires_at: self.now().after(ttl),
            content,
        };
        let envelope = serde_json::to_vec(&envelope)
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let state = Purpose::BrowserState;
        let sealed = keys.sealer.seal_wire(state, &envelope, &*self.rng);
        Ok(SecretString::new(URL_SAFE_NO_PAD.encode(sealed)))
    }

    /// Reads what a browser carries; `None` for what is none, or of another kind or client, and for
    /// what ended.
    /// # Errors
    /// Those of the store.
    pub async fn open_from_browser<T: BrowserState>(
        &self,
        authorization: &Authorization,
        text: &str,
    ) -> Result<Option<T>, ServiceError> {
        let keys = self.keyring(&authorization.pool.id).await?;
        let envelope = open::<T>(&keys, text).filter(|envelope| {
            envelope.kind == T::KIND
                && envelope.client_id == authorization.client.id
                && self.now() < envelope.expires_at
        });
        Ok(envelope.map(|envelope| envelope.content))
    }
}

fn open<T: BrowserState>(keys: &PoolKeyring, text: &str) -> Option<Envelope<T>> {
    let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
    let opened = keys.sealer.open_wire(Purpose::BrowserState, &sealed).ok()?;
    serde_json::from_slice(&opened).ok()
}
