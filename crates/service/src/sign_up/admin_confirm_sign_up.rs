//! `AdminConfirmSignUp`

use poolhouse_model::{UserPoolId, UserStatus};

use crate::error::ServiceError;
use crate::service::Service;
use crate::unserved_settings::check_sign_up_settings;

impl Service {
    /// Confirms a user who signed up, without a code. Nothing was proven, so no address or number
    /// counts as verified by it.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`];
    /// [`ServiceError::UserNotConfirmable`] in any other state.
    /// Source: API reference, `AdminConfirmSignUp`; amazon-archives/amazon-cognito-identity-js#566
    /// (the address stays unverified).
    pub async fn admin_confirm_sign_up(
        &self,
        pool_id: &UserPoolId,
        name: &str,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        check_sign_up_settings(&pool)?;
        let user = self.get_user_by_admin(&pool, name).await?;
        self.change_user(&pool.id, &user.sub, |user| {
            if user.status != UserStatus::Unconfirmed {
                return Err(ServiceError::UserNotConfirmable(user.status));
            }
            user.status = UserStatus::Confirmed;
            Ok((Vec::new(), ()))
        })
        .await
    }
}
