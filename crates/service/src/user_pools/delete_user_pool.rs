//! `DeleteUserPool`

use poolhouse_model::UserPoolId;
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

impl Service {
    /// Removes a pool with everything in it.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserPoolDeletionProtected`],
    /// [`ServiceError::UserPoolHasDomain`]; [`ServiceError::ConcurrentModification`] when the
    /// pool kept changing.
    /// Source: API reference, `DeleteUserPool`.
    pub async fn delete_user_pool(&self, id: &UserPoolId) -> Result<(), ServiceError> {
        for _ in 0..MAX_WRITE_ATTEMPTS {
            // Not from the cache: protection that another instance turned on counts at once.
            let mut pool = self.stored_pool(id).await?;
            if pool.settings.is_deletion_protected {
                return Err(ServiceError::UserPoolDeletionProtected);
            }
            if !self.storage.list_domains(id).await?.is_empty() {
                return Err(ServiceError::UserPoolHasDomain);
            }
            // The update is the guard: what was checked is what is deleted.
            pool.version += 1;
            let delete = [
                Write::UpdateUserPool(Box::new(pool)),
                Write::DeleteUserPool(id.clone()),
            ];
            let deleted = self.write(delete).await;
            self.cache.forget_pool(id);
            self.keyrings.write().remove(id);
            match deleted {
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(ServiceError::ConcurrentModification("user pool"))
    }
}
