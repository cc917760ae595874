//! `AdminUserGlobalSignOut`

use poolhouse_model::UserPoolId;

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Ends all tokens, codes and browser sessions of a user that an administrator named.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`].
    /// Source: API reference, `AdminUserGlobalSignOut`.
    pub async fn admin_user_global_sign_out(
        &self,
        pool_id: &UserPoolId,
        name: &str,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        let user = self.get_user_by_admin(&pool, name).await?;
        self.change_user(&pool.id, &user.sub, |user| {
            user.token_generation += 1;
            Ok((Vec::new(), ()))
        })
        .await
    }
}
