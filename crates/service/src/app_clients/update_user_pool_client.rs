//! `UpdateUserPoolClient`

use poolhouse_model::{AppClientSettings, ClientId, UserPoolId};

use super::DescribedAppClient;
use super::settings_rules::{Deed, check_settings};
use crate::error::ServiceError;
use crate::service::Service;

/// A change of a client.
#[derive(Clone, Debug)]
pub struct UpdateUserPoolClient {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The client.
    pub client_id: ClientId,
    /// Its new name; `None` leaves the one it has.
    pub name: Option<String>,
    /// Its new settings, with defaults where nothing was said.
    pub settings: AppClientSettings,
}

impl Service {
    /// Replaces the settings of a client: what the request does not name gets its default back.
    /// Id and secret stay.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientNotFound`];
    /// [`ServiceError::InvalidInput`], [`ServiceError::OAuthFlowInvalid`] and
    /// [`ServiceError::ScopeDoesNotExist`] for settings that are wrong;
    /// [`ServiceError::ConcurrentModification`].
    /// Source: API reference, `UpdateUserPoolClient`. Inferred: a client keeps its name when none
    /// is given, since a name has no default.
    pub async fn update_user_pool_client(
        &self,
        request: UpdateUserPoolClient,
    ) -> Result<DescribedAppClient, ServiceError> {
        if let Some(name) = &request.name {
            self.fixed_client_id(name)?;
        }
        self.client_of_pool(&request.pool_id, &request.client_id)
            .await?;
        self.check_scopes_exist(&request.pool_id, &request.settings)
            .await?;
        let client = self
            .change_client(&request.pool_id, &request.client_id, |pool, client| {
                let has_secret = client.sealed_secret.is_some();
                check_settings(pool, &request.settings, has_secret, Deed::Update)?;
                client.settings.clone_from(&request.settings);
                if let Some(name) = &request.name {
                    client.name.clone_from(name);
                }
                Ok(())
            })
            .await?;
        let keys = self.keyring(&request.pool_id).await?;
        let secret = keys.client_secret(&client)?;
        Ok(DescribedAppClient {
            client: client.into(),
            secret,
        })
    }
}
