//! `AdminResetUserPassword`

use poolhouse_model::{UserPoolId, UserStatus};

use super::recovery::{recovery_attributes, reset_destination};
use crate::error::ServiceError;
use crate::service::Service;
use crate::unserved_settings::check_password_reset_settings;

/// A password that an administrator makes the user reset.
#[derive(Clone, Debug)]
pub struct AdminResetUserPassword {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The user's name.
    pub username: String,
}

impl Service {
    /// Makes a user reset the password: it signs nobody in any more, earlier tokens and browser
    /// sessions end, and the user is sent a code.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`],
    /// [`ServiceError::PasswordResetByAdministratorOnly`] where users reset nothing themselves,
    /// and the facts of users that no code can be sent to.
    /// Source: API reference, `AdminResetUserPassword`. Inferred: that a second call sends a
    /// second code, and that the refusals are those of `ForgotPassword`.
    pub async fn admin_reset_user_password(
        &self,
        request: AdminResetUserPassword,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(&request.pool_id).await?;
        let user = self.get_user_by_admin(&pool, &request.username).await?;
        check_password_reset_settings(&pool)?;
        let recovery = recovery_attributes(&pool)?;
        let keys = self.keyring(&pool.id).await?;
        self.change_user(&pool.id, &user.sub, |user| {
            let attribute = reset_destination(&recovery, user)?;
            user.status = UserStatus::ResetRequired;
            user.token_generation += 1;
            let code = self.make_reset_code(&pool, &keys, user, attribute)?;
            Ok((code.writes, ()))
        })
        .await?;
        self.wake_outbox();
        Ok(())
    }
}
