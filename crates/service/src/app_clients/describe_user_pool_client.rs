//! `DescribeUserPoolClient`

use std::sync::Arc;

use poolhouse_model::{AppClient, ClientId, SecretString, UserPoolId};

use crate::error::ServiceError;
use crate::service::Service;

/// A client with its secret in the clear, for who may administer it.
#[derive(Clone, Debug)]
pub struct DescribedAppClient {
    /// The client.
    pub client: Arc<AppClient>,
    /// Its secret; `None` for a public client.
    pub secret: Option<SecretString>,
}

impl Service {
    /// Reads a client of a pool.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientNotFound`].
    /// Source: API reference, `DescribeUserPoolClient`.
    pub async fn describe_user_pool_client(
        &self,
        pool_id: &UserPoolId,
        id: &ClientId,
    ) -> Result<DescribedAppClient, ServiceError> {
        let (_, client) = self.client_of_pool(pool_id, id).await?;
        let keys = self.keyring(pool_id).await?;
        let secret = keys.client_secret(&client)?;
        Ok(DescribedAppClient { client, secret })
    }
}
