//! The revocation endpoint.

use poolhouse_model::UserPoolId;
use poolhouse_oauth::client_authentication::ClientAuthenticationError;
use poolhouse_oauth::revocation::{RevocationError, RevocationRequest};

use crate::error::ServiceError;
use crate::service::Service;

/// Why nothing was revoked.
#[derive(Debug)]
pub enum RevocationFailure {
    /// The request is refused.
    Refused(RevocationError),
    /// The server failed.
    Failed(ServiceError),
}

impl From<RevocationError> for RevocationFailure {
    fn from(error: RevocationError) -> Self {
        Self::Refused(error)
    }
}

impl From<ClientAuthenticationError> for RevocationFailure {
    fn from(error: ClientAuthenticationError) -> Self {
        Self::Refused(error.into())
    }
}

impl Service {
    /// Ends a refresh token and every access token that came from it.
    /// # Errors
    /// [`RevocationFailure::Refused`] names the fact.
    /// Source: AWS page "Token revocation endpoint"; RFC 7009 section 2.
    pub async fn revoke_by_endpoint(
        &self,
        request: &RevocationRequest,
        host_pool: Option<&UserPoolId>,
    ) -> Result<(), RevocationFailure> {
        let found = self.client(request.client.client_id()).await;
        let (pool, client) = match found {
            Ok(found) => found,
            Err(ServiceError::AppClientNotFound(_) | ServiceError::UserPoolNotFound(_)) => {
                return Err(ClientAuthenticationError::ClientUnknown.into());
            }
            Err(error) => return Err(RevocationFailure::Failed(error)),
        };
        if host_pool.is_some_and(|host_pool| *host_pool != pool.id) {
            return Err(ClientAuthenticationError::ClientUnknown.into());
        }
        let keys = self
            .keyring(&pool.id)
            .await
            .map_err(RevocationFailure::Failed)?;
        let secret = keys
            .client_secret(&client)
            .map_err(RevocationFailure::Failed)?;
        request.client.verify(secret.as_slice())?;
        match self
            .revoke_for_client(&client, &keys, request.token.expose())
            .await
        {
            Ok(()) => Ok(()),
            Err(ServiceError::TokenRevocationDisabled) => {
                Err(RevocationError::RevocationDisabled.into())
            }
            Err(ServiceError::TokenNotRevocable) => Err(RevocationError::NotARefreshToken.into()),
            Err(ServiceError::TokenOfAnotherClient) => {
                Err(RevocationError::TokenOfAnotherClient.into())
            }
            Err(error) => Err(RevocationFailure::Failed(error)),
        }
    }
}
