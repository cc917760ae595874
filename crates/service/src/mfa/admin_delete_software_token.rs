//! `AdminDeleteSoftwareToken`

use poolhouse_model::{MfaFactor, UserPoolId};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Removes a user's authenticator app, one that waits for its first code, and the preference
    /// for it. Removing what is not there is no error.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`].
    /// Source: API reference, `AdminDeleteSoftwareToken`. Inferred: that it succeeds for a user
    /// without one, since the API declares no error for that.
    pub async fn admin_delete_software_token(
        &self,
        pool_id: &UserPoolId,
        name: &str,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        let user = self.get_user_by_admin(&pool, name).await?;
        self.change_mfa(&user, |mfa| {
            mfa.software_token = None;
            mfa.pending_seed = None;
            mfa.disable(MfaFactor::SoftwareToken);
            Ok((Vec::new(), ()))
        })
        .await
    }
}
