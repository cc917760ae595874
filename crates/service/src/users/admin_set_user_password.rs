//! `AdminSetUserPassword`

use poolhouse_model::{SecretString, UserPoolId, UserStatus};

use crate::error::ServiceError;
use crate::lockouts::unlock;
use crate::service::Service;
use crate::unserved_settings::check_password_change_settings;

/// A password set by an administrator.
#[derive(Clone, Debug)]
pub struct AdminSetUserPassword {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The user's name.
    pub username: String,
    /// The password.
    pub password: SecretString,
    /// Whether the user keeps it; a temporary one must be changed at the next sign-in.
    pub is_permanent: bool,
}

impl Service {
    /// Sets a user's password; earlier tokens stop working, and a lock of the user ends.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`],
    /// [`ServiceError::AdminPasswordPolicyViolated`]; [`ServiceError::FeatureNotServed`] where
    /// former passwords may not come again.
    /// Source: API reference, `AdminSetUserPassword`.
    pub async fn admin_set_user_password(
        &self,
        request: AdminSetUserPassword,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(&request.pool_id).await?;
        let user = self.get_user_by_admin(&pool, &request.username).await?;
        let policy = &pool.settings.password_policy;
        let password = &request.password;
        policy
            .check(password.expose())
            .map_err(ServiceError::AdminPasswordPolicyViolated)?;
        check_password_change_settings(&pool)?;
        let keys = self.keyring(&pool.id).await?;
        let (status, expires_at) = if request.is_permanent {
            (UserStatus::Confirmed, None)
        } else {
            let expires_at = self.now().after(policy.temporary_password_ttl());
            (UserStatus::ForceChangePassword, Some(expires_at))
        };
        let record = self
            .make_password(&keys, &user, password, expires_at)
            .await?;
        self.change_user(&pool.id, &user.sub, |user| {
            user.password = Some(record.clone());
            user.status = status;
            user.token_generation += 1;
            Ok((vec![unlock(user)], ()))
        })
        .await
    }
}
