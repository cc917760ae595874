//! `DeleteUser`

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
        let (pool_id, sub) = (verified.user.pool_id, verified.user.sub);
        match self.write([Write::DeleteUser { pool_id, sub }]).await {
            Err(StorageError::Conflict(Conflict::Stale)) => Err(ServiceError::UserNotFound),
            outcome => Ok(outcome?),
        }
    }
}
