//! `AdminDeleteUser`

use poolhouse_model::UserPoolId;

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Removes a user with everything that signs them in; all their tokens stop working.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`].
    /// Source: API reference, `AdminDeleteUser`.
    pub async fn admin_delete_user(
        &self,
        pool_id: &UserPoolId,
        name: &str,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        let user = self.get_user_by_admin(&pool, name).await?;
        self.remove_user(user).await
    }
}
