//! `AdminGetUser`

use poolhouse_model::{User, UserPoolId};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Reads a user that an administrator named by user name, alias or subject.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`].
    /// Source: API reference, `AdminGetUser`.
    pub async fn admin_get_user(
        &self,
        pool_id: &UserPoolId,
        name: &str,
    ) -> Result<User, ServiceError> {
        let pool = self.pool(pool_id).await?;
        self.get_user_by_admin(&pool, name).await
    }
}
