//! `ListUsersInGroup`

use poolhouse_model::{GroupName, User, UserPoolId};

use crate::error::ServiceError;
use crate::page_tokens::{PageToken, Query};
use crate::service::Service;

/// A page of users.
#[derive(Clone, Debug)]
pub struct UserPage {
    /// The users.
    pub users: Vec<User>,
    /// What names the next page, if there is one.
    pub next_token: Option<PageToken>,
}

impl Service {
    /// Lists the members of a group by subject.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::GroupNotFound`];
    /// [`ServiceError::InvalidInput`] for a page token that is none of ours.
    /// Source: API reference, `ListUsersInGroup`. Inferred: the order.
    pub async fn list_users_in_group(
        &self,
        pool_id: &UserPoolId,
        name: &GroupName,
        limit: u32,
        token: Option<&PageToken>,
    ) -> Result<UserPage, ServiceError> {
        self.get_group(pool_id, name).await?;
        let query = Query::UsersInGroup { pool_id, name };
        let page = self.page_request(&query, limit, token)?;
        let mut users = self
            .storage
            .list_group_members(pool_id, name, &page)
            .await?;
        let next_token = self.next_page(&mut users, limit, &query, |user| user.sub.as_str());
        Ok(UserPage { users, next_token })
    }
}
