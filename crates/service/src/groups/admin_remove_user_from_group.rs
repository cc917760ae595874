//! `AdminRemoveUserFromGroup`

use poolhouse_model::{GroupName, UserPoolId};
use poolhouse_storage::Write;

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Takes a user out of a group. Tokens that name the group live on until they end.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`],
    /// [`ServiceError::GroupNotFound`].
    /// Source: API reference, `AdminRemoveUserFromGroup`.
    /// Inferred: a user who is not in the group is no error.
    pub async fn admin_remove_user_from_group(
        &self,
        pool_id: &UserPoolId,
        username: &str,
        name: &GroupName,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        let user = self.get_user_by_admin(&pool, username).await?;
        self.get_group(&pool.id, name).await?;
        let remove = Write::RemoveGroupMember {
            pool_id: user.pool_id,
            name: name.clone(),
            sub: user.sub,
        };
        Ok(self.write([remove]).await?)
    }
}
