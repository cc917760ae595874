//! `DeleteUserPool`

use poolhouse_model::UserPoolId;
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Removes a pool with everything in it.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserPoolDeletionProtected`],
    /// [`ServiceError::UserPoolHasDomain`].
    /// Source: API reference, `DeleteUserPool`.
    pub async fn delete_user_pool(&self, id: &UserPoolId) -> Result<(), ServiceError> {
        let pool = self.pool(id).await?;
        if pool.settings.is_deletion_protected {
            return Err(ServiceError::UserPoolDeletionProtected);
        }
        if !self.storage.list_domains(id).await?.is_empty() {
            return Err(ServiceError::UserPoolHasDomain);
        }
        let deleted = self.write([Write::DeleteUserPool(id.clone())]).await;
        self.cache.forget_pool(id);
        self.keyrings.write().remove(id);
        match deleted {
            Err(StorageError::Conflict(Conflict::Stale)) => {
                Err(ServiceError::UserPoolNotFound(id.clone()))
            }
            outcome => Ok(outcome?),
        }
    }
}
