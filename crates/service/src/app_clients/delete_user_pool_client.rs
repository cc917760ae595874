//! `DeleteUserPoolClient`

use poolhouse_model::{ClientId, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Removes a client; its tokens stop working at the server.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientNotFound`].
    /// Source: API reference, `DeleteUserPoolClient`.
    pub async fn delete_user_pool_client(
        &self,
        pool_id: &UserPoolId,
        id: &ClientId,
    ) -> Result<(), ServiceError> {
        self.client_of_pool(pool_id, id).await?;
        let (pool_id, client_id) = (pool_id.clone(), id.clone());
        let deleted = self
            .write([Write::DeleteAppClient { pool_id, client_id }])
            .await;
        self.cache.forget_client(id);
        match deleted {
            Err(StorageError::Conflict(Conflict::Stale)) => {
                Err(ServiceError::AppClientNotFound(id.clone()))
            }
            outcome => Ok(outcome?),
        }
    }
}
