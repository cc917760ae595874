//! `AdminSetUserPassword`

use poolhouse_model::{SecretString, UserPoolId, UserStatus};
use poolhouse_storage::{Conflict, StorageError};

use crate::error::ServiceError;
use crate::lockouts::unlock;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

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
    /// [`ServiceError::AdminPasswordPolicyViolated`], [`ServiceError::PasswordReused`].
    /// Source: API reference, `AdminSetUserPassword`.
    pub async fn admin_set_user_password(
        &self,
        request: AdminSetUserPassword,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(&request.pool_id).await?;
        let user = self.get_user_by_admin(&pool, &request.username).await?;
        self.check_chosen_password(&pool, &request.password)
            .map_err(ServiceError::AdminPasswordPolicyViolated)?;
        let keys = self.keyring(&pool.id).await?;
        let (status, expires_at) = if request.is_permanent {
            (UserStatus::Confirmed, None)
        } else {
            let ttl = pool.settings.password_policy.temporary_password_ttl();
            let expires_at = self.now().after(ttl);
            (UserStatus::ForceChangePassword, Some(expires_at))
        };
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let user = self.find_user_by_sub(&pool.id, &user.sub).await?;
            let mut user = user.ok_or(ServiceError::UserNotFound)?;
            let password = &request.password;
            let next = self.next_password((&pool, &keys), &user, password, expires_at);
            let next = next.await?;
            user.status = status;
            let unlock = unlock(&user);
            match self.replace_password(user, next, [unlock]).await {
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(ServiceError::Busy)
    }
}
