//! How a pool is changed, whatever is changed of it.

use poolhouse_model::{UserPool, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

impl Service {
    /// Reads a pool from the store, past the cache: for what is written back or checked once.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`].
    pub(crate) async fn stored_pool(&self, id: &UserPoolId) -> Result<UserPool, ServiceError> {
        let pool = self.storage.find_user_pool(id).await?;
        pool.ok_or_else(|| ServiceError::UserPoolNotFound(id.clone()))
    }

    /// Changes a pool: reads it, lets `change` make the new value and writes it; when the pool
    /// changed meanwhile, reads and tries again. This instance obeys the new value at once.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`]; what `change` answers;
    /// [`ServiceError::ConcurrentModification`] when the pool kept changing.
    pub(crate) async fn change_pool(
        &self,
        id: &UserPoolId,
        mut change: impl FnMut(&mut UserPool) -> Result<(), ServiceError>,
    ) -> Result<UserPool, ServiceError> {
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let mut pool = self.stored_pool(id).await?;
            change(&mut pool)?;
            pool.version += 1;
            pool.updated_at = self.now();
            let written = self
                .write([Write::UpdateUserPool(Box::new(pool.clone()))])
                .await;
            self.cache.forget_pool(id);
            match written {
                Ok(()) => return Ok(pool),
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::ConcurrentModification("user pool"))
    }
}
