//! Reading and changing the second factors of a user.

use poolhouse_model::{User, UserMfa};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

impl Service {
    /// Reads the second factors of a user.
    pub(crate) async fn mfa_of(&self, user: &User) -> Result<UserMfa, ServiceError> {
        let found = self.storage.find_user_mfa(&user.pool_id, &user.sub).await?;
        let none = || UserMfa::none(user.pool_id.clone(), user.sub.clone());
        Ok(found.unwrap_or_else(none))
    }

    /// Changes the second factors of a user: reads them, lets `change` make the new value and
    /// further writes, and writes all together; when they changed meanwhile, reads and tries again.
    /// # Errors
    /// What `change` answers; [`ServiceError::UserNotFound`] when the user is gone;
    /// [`ServiceError::Busy`] when the factors kept changing.
    pub(super) async fn change_mfa<Out>(
        &self,
        user: &User,
        mut change: impl FnMut(&mut UserMfa) -> Result<(Vec<Write>, Out), ServiceError>,
    ) -> Result<Out, ServiceError> {
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let mut mfa = self.mfa_of(user).await?;
            mfa.version += 1;
            let (more, out) = change(&mut mfa)?;
            let mut writes = vec![Write::PutUserMfa(Box::new(mfa))];
            writes.extend(more);
            match self.write(writes).await {
                Ok(()) => return Ok(out),
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(StorageError::Conflict(Conflict::ChallengeSpent)) => {
                    return Err(ServiceError::ChallengeSessionUsed);
                }
                Err(error) => return Err(error.into()),
            }
        }
        match self.find_user_by_sub(&user.pool_id, &user.sub).await? {
            Some(_) => Err(ServiceError::Busy),
            None => Err(ServiceError::UserNotFound),
        }
    }
}
