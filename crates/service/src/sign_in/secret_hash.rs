//! How a confidential client of the API's public operations proves its secret: by a hash over the
//! user's name, or in the clear where no name is sent.

use poolhouse_crypto::{constant_time, secret_hash};
use poolhouse_model::{AppClient, SecretString};

use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;

impl PoolKeyring {
    /// Checks the secret hash over `username` as it was sent.
    /// # Errors
    /// [`ServiceError::SecretHashMissing`], [`ServiceError::SecretHashMismatch`] and
    /// [`ServiceError::SecretHashUnexpected`].
    pub(crate) fn check_secret_hash(
        &self,
        client: &AppClient,
        username: &str,
        secret_hash: Option<&str>,
    ) -> Result<(), ServiceError> {
        let secret = self.client_secret(client)?;
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

    /// Compares a client secret that came in the clear.
    /// # Errors
    /// [`ServiceError::ClientNotAuthenticated`] when it is wrong, missing or unexpected.
    pub(crate) fn check_client_secret(
        &self,
        client: &AppClient,
        given: Option<&SecretString>,
    ) -> Result<(), ServiceError> {
        let is_right = match (self.client_secret(client)?, given) {
            (None, None) => true,
            (Some(secret), Some(given)) => {
                constant_time::equal(secret.expose().as_bytes(), given.expose().as_bytes())
            }
            _ => false,
        };
        if is_right {
            Ok(())
        } else {
            Err(ServiceError::ClientNotAuthenticated)
        }
    }
}
