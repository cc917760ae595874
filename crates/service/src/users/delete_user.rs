//! `DeleteUser`

use poolhouse_model::User;
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Removes the user that an access token speaks for, with everything that signs them in.
    /// # Errors
    /// The facts of access tokens; [`ServiceError::UserNotFound`] when somebody else was faster.
    /// Source: API reference, `DeleteUser`.
    pub async fn delete_user(&self, access_token: &str) -> Result<(), ServiceError> {
        let verified = self.verify_self_service(access_token).await?;
        self.remove_user(verified.user).await
    }

    /// Removes a user with everything that signs them in.
    /// # Errors
    /// [`ServiceError::UserNotFound`] when somebody else was faster.
    pub(super) async fn remove_user(&self, user: User) -> Result<(), ServiceError> {
        let (pool_id, sub) = (user.pool_id, user.sub);
        match self.write([Write::DeleteUser { pool_id, sub }]).await {
            Err(StorageError::Conflict(Conflict::Stale)) => Err(ServiceError::UserNotFound),
            outcome => Ok(outcome?),
        }
    }
}
