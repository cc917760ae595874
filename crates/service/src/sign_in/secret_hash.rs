//! The secret hash that a confidential client sends with the API's public operations.

use poolhouse_crypto::sealing::Purpose;
use poolhouse_crypto::secret_hash;
use poolhouse_model::{AppClient, SecretString};

use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

impl Service {
    /// Opens a client's secret; `None` for a public client.
    pub(crate) fn client_secret(
        &self,
        keys: &PoolKeyring,
        client: &AppClient,
    ) -> Result<Option<SecretString>, ServiceError> {
        let Some(sealed) = &client.sealed_secret else {
            return Ok(None);
        };
        let secret = keys
            .sealer
            .open(Purpose::ClientSecret, client.id.as_str(), sealed)?;
        std::str::from_utf8(&secret)
            .map(|secret| Some(SecretString::from(secret)))
            .map_err(|_| ServiceError::Internal("a client secret is not text".to_owned()))
    }

    /// Checks the secret hash over `username` as it was sent.
    /// # Errors
    /// [`ServiceError::SecretHashMissing`], [`ServiceError::SecretHashMismatch`] and
    /// [`ServiceError::SecretHashUnexpected`].
    pub(crate) fn check_secret_hash(
        &self,
        keys: &PoolKeyring,
        client: &AppClient,
        username: &str,
        secret_hash: Option<&str>,
    ) -> Result<(), ServiceError> {
        let secret = self.client_secret(keys, client)?;
        match (secret, secret_hash) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(ServiceError::SecretHashUnexpected(client.id.clone())),
            (Some(_), None) => Err(ServiceError::SecretHashMissing(client.id.clone())),
            (Some(secret), Some(hash)) => {
                if secret_hash::verify(&secret, username, &client.id, hash) {
                    Ok(())
                } else {
                    Err(ServiceError::SecretHashMismatch(client.id.clone()))
                }
            }
        }
    }
}
