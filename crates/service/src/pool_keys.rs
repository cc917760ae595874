//! Keys of pools: made with the pool, sealed in the store, opened once and kept in memory.

use std::sync::Arc;

use poolhouse_crypto::jwks::JwkSet;
use poolhouse_crypto::jws::{SigningKey, VerifyingKey};
use poolhouse_crypto::sealing::{DataKey, PoolSealer, Purpose};
use poolhouse_model::{
    AppClient, ClientId, PoolKey, PoolKeyUse, Rng, SecretString, Timestamp, UserPoolId,
};

use crate::error::ServiceError;
use crate::service::Service;

/// The opened keys of one pool.
pub(crate) struct PoolKeyring {
    /// Seals and opens everything of the pool.
    pub(crate) sealer: PoolSealer,
    /// Signs ID tokens.
    pub(crate) id_token_key: SigningKey,
    /// Signs access tokens.
    pub(crate) access_token_key: SigningKey,
    access_verifying_key: Arc<VerifyingKey>,
    /// The published document.
    pub(crate) jwk_set: Arc<str>,
}

impl PoolKeyring {
    /// Seals the secret of a client.
    pub(crate) fn seal_client_secret(
        &self,
        id: &ClientId,
        secret: &SecretString,
        rng: &dyn Rng,
    ) -> Vec<u8> {
        let secret = secret.expose().as_bytes();
        self.sealer
            .seal(Purpose::ClientSecret, id.as_str(), secret, rng)
    }

    /// Finds the key that checks access tokens signed under `kid`.
    pub(crate) fn access_verifying_key(&self, kid: &str) -> Option<Arc<VerifyingKey>> {
        let key = &self.access_verifying_key;
        (key.kid() == kid).then(|| Arc::clone(key))
    }

    /// Opens a client's secret; `None` for a public client.
    pub(crate) fn client_secret(
        &self,
        client: &AppClient,
    ) -> Result<Option<SecretString>, ServiceError> {
        let Some(sealed) = &client.sealed_secret else {
            return Ok(None);
        };
        let id = client.id.as_str();
        let secret = self.sealer.open(Purpose::ClientSecret, id, sealed)?;
        std::str::from_utf8(&secret)
            .map(|secret| Some(SecretString::from(secret)))
            .map_err(|_| ServiceError::Internal("a client secret is not text".to_owned()))
    }
}

impl Service {
    /// Makes the keys of a new pool: a data key, and one signing key for each kind of token.
    pub(crate) async fn make_pool_keys(
        &self,
        pool_id: &UserPoolId,
        now: Timestamp,
    ) -> Result<Vec<PoolKey>, ServiceError> {
        let data_key = DataKey::generate(&*self.rng);
        let wrapped = self.master_keys.wrap(&data_key, pool_id, &*self.rng);
        let sealer = PoolSealer::new(pool_id.clone(), &data_key);
        let mut keys = vec![PoolKey {
            pool_id: pool_id.clone(),
            key_id: "1".to_owned(),
            key_use: PoolKeyUse::Data,
            sealed: wrapped,
            created_at: now,
        }];
        // Where none is ready, both are generated at the same time.
        let signing_keys = tokio::try_join!(self.key_stock.take(), self.key_stock.take());
        let (id_token_key, access_token_key) =
            signing_keys.map_err(|error| ServiceError::Internal(error.to_string()))?;
        for (key_use, key) in [
            (PoolKeyUse::IdToken, id_token_key),
            (PoolKeyUse::AccessToken, access_token_key),
        ] {
            let private = key.to_pkcs8();
            keys.push(PoolKey {
                pool_id: pool_id.clone(),
                key_id: key.kid().to_owned(),
                key_use,
                sealed: sealer.seal(Purpose::SigningKey, key.kid(), &private, &*self.rng),
                created_at: now,
            });
        }
        Ok(keys)
    }

    /// Opens the keys of a pool, or finds them open.
    pub(crate) async fn keyring(
        &self,
        pool_id: &UserPoolId,
    ) -> Result<Arc<PoolKeyring>, ServiceError> {
        if let Some(keyring) = self.keyrings.read().get(pool_id) {
            return Ok(Arc::clone(keyring));
        }
        let mark = self.cache.mark();
        let keys = self.storage.list_pool_keys(pool_id).await?;
        // Another instance may have deleted the pool, which takes its keys along.
        if keys.is_empty() && self.storage.find_user_pool(pool_id).await?.is_none() {
            return Err(ServiceError::UserPoolNotFound(pool_id.clone()));
        }
        let keyring = Arc::new(self.open_keys(pool_id, &keys)?);
        let mut keyrings = self.keyrings.write();
        // A pool of the same id may have other keys once the store was replaced.
        if self.cache.is_unchanged_since(mark) {
            keyrings.insert(pool_id.clone(), Arc::clone(&keyring));
        }
        Ok(keyring)
    }

    fn open_keys(
        &self,
        pool_id: &UserPoolId,
        keys: &[PoolKey],
    ) -> Result<PoolKeyring, ServiceError> {
        let find = |key_use| {
            keys.iter()
                .find(|key| key.key_use == key_use)
                .ok_or_else(|| {
                    ServiceError::Internal(format!("pool {pool_id} lacks its {key_use:?} key"))
                })
        };
        let wrapped = &find(PoolKeyUse::Data)?.sealed;
        let data_key = self.master_keys.unwrap(wrapped, pool_id)?.key;
        let sealer = PoolSealer::new(pool_id.clone(), &data_key);
        let open = |key: &PoolKey| -> Result<SigningKey, ServiceError> {
            let private = sealer.open(Purpose::SigningKey, &key.key_id, &key.sealed)?;
            SigningKey::from_pkcs8(&private)
                .map_err(|_| ServiceError::Internal(format!("pool {pool_id}: bad signing key")))
        };
        let id_token_key = open(find(PoolKeyUse::IdToken)?)?;
        let access_token_key = open(find(PoolKeyUse::AccessToken)?)?;
        let public_keys = [id_token_key.public_key(), access_token_key.public_key()];
        let jwk_set = serde_json::to_string(&JwkSet::of(&public_keys))
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let access_verifying_key = Arc::new(access_token_key.public_key());
        let jwk_set = jwk_set.into();
        Ok(PoolKeyring {
            sealer,
            id_token_key,
            access_token_key,
            access_verifying_key,
            jwk_set,
        })
    }

    /// Gives the published keys of a pool, as JSON.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`].
    pub async fn jwk_set(&self, pool_id: &UserPoolId) -> Result<Arc<str>, ServiceError> {
        self.pool(pool_id).await?;
        Ok(Arc::clone(&self.keyring(pool_id).await?.jwk_set))
    }
}
