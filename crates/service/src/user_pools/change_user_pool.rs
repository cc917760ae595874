//! Changing a pool: reads, changes and writes it, again when it changed meanwhile.

use poolhouse_model::{UserPool, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

impl Service {
    /// Changes a pool; this instance obeys the new value at once.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`]; what `change` answers; [`ServiceError::Busy`] when the
    /// pool kept changing.
    pub(crate) async fn change_pool(
        &self,
        id: &UserPoolId,
        mut change: impl FnMut(&mut UserPool) -> Result<(), ServiceError>,
    ) -> Result<UserPool, ServiceError> {
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let pool = self.storage.find_user_pool(id).await?;
            let mut pool = pool.ok_or_else(|| ServiceError::UserPoolNotFound(id.clone()))?;
            change(&mut pool)?;
            pool.version += 1;
            pool.updated_at = self.now();
            let write = Write::UpdateUserPool(Box::new(pool.clone()));
            let written = self.write([write]).await;
            self.cache.forget_pool(id);
            match written {
                Ok(()) => return Ok(pool),
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::Busy)
    }
}
