//! `AdminAddUserToGroup`

use poolhouse_model::{GroupName, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::MAX_GROUPS_OF_A_USER;
use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

impl Service {
    /// Puts a user into a group; one who is in it stays in it. Tokens say so from the next one on.
    ///
    /// As with the number of groups of a pool, calls at the same time can pass the limit by a few.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`],
    /// [`ServiceError::GroupNotFound`]; [`ServiceError::InvalidInput`] for a group too many.
    /// Source: API reference, `AdminAddUserToGroup`. Inferred: the user is looked for first; the
    /// answer to a group too many, for which the operation has no error of its own.
    pub async fn admin_add_user_to_group(
        &self,
        pool_id: &UserPoolId,
        username: &str,
        name: &GroupName,
    ) -> Result<(), ServiceError> {
        // What is gone when the write comes is found missing at the next turn.
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let pool = self.pool(pool_id).await?;
            let user = self.get_user_by_admin(&pool, username).await?;
            self.get_group(&pool.id, name).await?;
            let groups = self
                .storage
                .list_groups_of_user(&pool.id, &user.sub)
                .await?;
            if groups.iter().any(|group| group.name == *name) {
                return Ok(());
            }
            if groups.len() >= MAX_GROUPS_OF_A_USER {
                return Err(ServiceError::InvalidInput(format!(
                    "A user can be in at most {MAX_GROUPS_OF_A_USER} groups."
                )));
            }
            let add = Write::AddGroupMember {
                pool_id: user.pool_id,
                name: name.clone(),
                sub: user.sub,
            };
            match self.write([add]).await {
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                outcome => return Ok(outcome?),
            }
        }
        Err(ServiceError::Busy)
    }
}
