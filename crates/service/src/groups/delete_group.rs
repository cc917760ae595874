//! `DeleteGroup`

use poolhouse_model::{GroupName, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Removes a group; its members stay in the pool.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::GroupNotFound`].
    /// Source: API reference, `DeleteGroup`.
    /// Inferred: a group with members is removed too. AWS page "Adding groups to a user pool" says
    /// that only an empty one can be, but the operation has no error for it.
    pub async fn delete_group(
        &self,
        pool_id: &UserPoolId,
        name: &GroupName,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        let delete = Write::DeleteGroup {
            pool_id: pool.id.clone(),
            name: name.clone(),
        };
        match self.write([delete]).await {
            Err(StorageError::Conflict(Conflict::Stale)) => Err(ServiceError::GroupNotFound),
            outcome => Ok(outcome?),
        }
    }
}
