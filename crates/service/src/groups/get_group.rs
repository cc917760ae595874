//! `GetGroup`

use poolhouse_model::{Group, GroupName, UserPoolId};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Reads a group.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::GroupNotFound`].
    /// Source: API reference, `GetGroup`.
    pub async fn get_group(
        &self,
        pool_id: &UserPoolId,
        name: &GroupName,
    ) -> Result<Group, ServiceError> {
        let pool = self.pool(pool_id).await?;
        let group = self.storage.find_group(&pool.id, name).await?;
        group.ok_or(ServiceError::GroupNotFound)
    }
}
