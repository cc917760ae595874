//! `DeleteResourceServer`

use poolhouse_model::UserPoolId;
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Removes a resource server. Clients keep its scopes, but no token names them.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::ResourceServerNotFound`].
    /// Source: API reference, `DeleteResourceServer`.
    pub async fn delete_resource_server(
        &self,
        pool_id: &UserPoolId,
        identifier: &str,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        let delete = Write::DeleteResourceServer {
            pool_id: pool.id.clone(),
            identifier: identifier.to_owned(),
        };
        match self.write([delete]).await {
            Err(StorageError::Conflict(Conflict::Stale)) => {
                Err(ServiceError::ResourceServerNotFound(identifier.to_owned()))
            }
            outcome => Ok(outcome?),
        }
    }
}
