//! `AdminSetUserPassword`

use poolhouse_model::{SecretString, UserPoolId, UserStatus};

use crate::error::ServiceError;
use crate::service::Service;

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
    /// Sets a user's password; earlier tokens stop working.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`],
    /// [`ServiceError::AdminPasswordPolicyViolated`].
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
        let keys = self.keyring(&pool.id).await?;
        let (status, expires_at) = match request.is_permanent {
            true => (UserStatus::Confirmed, None),
            false => (
                UserStatus::ForceChangePassword,
                Some(self.now().after(policy.temporary_password_ttl())),
            ),
        };
        let record = self
            .make_password(&keys, &user, password, expires_at)
            .await?;
        self.change_user(&pool.id, &user.sub, |user| {
            user.password = Some(record.clone());
            user.status = status;
            user.token_generation += 1;
            Ok((Vec::new(), ()))
        })
        .await
    }
}
