//! `CreateGroup`

use poolhouse_model::{Group, GroupName, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::MAX_GROUPS;
use crate::error::ServiceError;
use crate::service::Service;

/// A new group.
#[derive(Clone, Debug)]
pub struct CreateGroup {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Its name.
    pub name: GroupName,
    /// What its owner writes about it.
    pub description: Option<String>,
    /// ARN of the role that its members may take on.
    pub role_arn: Option<String>,
    /// Its rank among the groups of a user.
    pub precedence: Option<i32>,
}

impl Service {
    /// Makes a group without members.
    ///
    /// The number of groups is counted beforehand, so that calls at the same time can pass the
    /// limit by a few.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::GroupExists`],
    /// [`ServiceError::ResourceLimitExceeded`].
    /// Source: API reference, `CreateGroup`.
    pub async fn create_group(&self, request: CreateGroup) -> Result<Group, ServiceError> {
        let pool = self.pool(&request.pool_id).await?;
        if self.storage.count_groups(&pool.id).await? >= MAX_GROUPS {
            return Err(ServiceError::ResourceLimitExceeded("groups"));
        }
        let now = self.now();
        let group = Group {
            pool_id: pool.id.clone(),
            name: request.name,
            description: request.description,
            role_arn: request.role_arn,
            precedence: request.precedence,
            created_at: now,
            updated_at: now,
            version: 1,
        };
        match self
            .write([Write::CreateGroup(Box::new(group.clone()))])
            .await
        {
            Ok(()) => Ok(group),
            Err(StorageError::Conflict(Conflict::GroupExists)) => Err(ServiceError::GroupExists),
            Err(StorageError::Conflict(Conflict::Stale)) => {
                Err(ServiceError::UserPoolNotFound(pool.id.clone()))
            }
            Err(error) => Err(error.into()),
        }
    }
}
