//! `AdminEnableUser` and `AdminDisableUser`

use poolhouse_model::UserPoolId;

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Lets a user sign in again. Tokens from before the user was disabled stay ended; a user who
    /// is enabled keeps everything.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`].
    /// Source: API reference, `AdminEnableUser`.
    pub async fn admin_enable_user(
        &self,
        pool_id: &UserPoolId,
        name: &str,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        let user = self.get_user_by_admin(&pool, name).await?;
        if user.is_enabled {
            return Ok(());
        }
        self.change_user(&pool.id, &user.sub, |user| {
            user.is_enabled = true;
            Ok((Vec::new(), ()))
        })
        .await
    }

    /// Keeps a user out: all tokens, codes and browser sessions end at once, and for good.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`].
    /// Source: API reference, `AdminDisableUser`.
    pub async fn admin_disable_user(
        &self,
        pool_id: &UserPoolId,
        name: &str,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        let user = self.get_user_by_admin(&pool, name).await?;
        self.change_user(&pool.id, &user.sub, |user| {
            user.is_enabled = false;
            // What was held before must not come alive again with the user.
            user.token_generation += 1;
            Ok((Vec::new(), ()))
        })
        .await
    }
}
