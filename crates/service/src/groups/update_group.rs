//! `UpdateGroup`

use poolhouse_model::{Group, GroupName, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

/// A change of a group; what is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct UpdateGroup {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The group.
    pub name: GroupName,
    /// What its owner writes about it.
    pub description: Option<String>,
    /// ARN of the role that its members may take on.
    pub role_arn: Option<String>,
    /// Its rank among the groups of a user.
    pub precedence: Option<i32>,
}

impl Service {
    /// Changes a group; tokens of its members say so from the next one on.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::GroupNotFound`];
    /// [`ServiceError::Busy`] when the group kept changing.
    /// Source: API reference, `UpdateGroup` ("updates any of the properties").
    /// Inferred: members that are left out stay; Terraform's provider, which sends only what
    /// changed, depends on it.
    pub async fn update_group(&self, request: UpdateGroup) -> Result<Group, ServiceError> {
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let group = self.get_group(&request.pool_id, &request.name).await?;
            let changed = Group {
                description: request.description.clone().or(group.description),
                role_arn: request.role_arn.clone().or(group.role_arn),
                precedence: request.precedence.or(group.precedence),
                updated_at: self.now(),
                version: group.version + 1,
                ..group
            };
            match self
                .write([Write::UpdateGroup(Box::new(changed.clone()))])
                .await
            {
                Ok(()) => return Ok(changed),
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::Busy)
    }
}
