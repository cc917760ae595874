//! `AdminListGroupsForUser`

use poolhouse_model::{Group, Memberships, UserPoolId};

use super::GroupPage;
use crate::error::ServiceError;
use crate::page_tokens::{PageToken, Query};
use crate::service::Service;

impl Service {
    /// Lists the groups of a user in the order of the user's tokens.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`];
    /// [`ServiceError::InvalidInput`] for a page token that is none of ours.
    /// Source: API reference, `AdminListGroupsForUser`. Inferred: the order.
    pub async fn admin_list_groups_for_user(
        &self,
        pool_id: &UserPoolId,
        username: &str,
        limit: u32,
        token: Option<&PageToken>,
    ) -> Result<GroupPage, ServiceError> {
        let pool = self.pool(pool_id).await?;
        let user = self.get_user_by_admin(&pool, username).await?;
        let query = Query::GroupsOfUser {
            pool_id,
            sub: &user.sub,
        };
        let after = token
            .map(|token| self.open_page_token(&query, token))
            .transpose()?;
        let groups = self
            .storage
            .list_groups_of_user(&pool.id, &user.sub)
            .await?;
        let groups = Memberships::of(groups).into_groups().into_iter();
        // A user's groups are few, so a page is cut out of all of them.
        let mut rest: Vec<(String, Group)> = groups
            .map(|group| (sort_key(&group), group))
            .filter(|(key, _)| after.as_ref().is_none_or(|after| key > after))
            .collect();
        let next_token = self.next_page(&mut rest, limit, &query, |(key, _)| key);
        let groups = rest.into_iter().map(|(_, group)| group).collect();
        Ok(GroupPage { groups, next_token })
    }
}

/// A text that sorts as [`Memberships`] does, so that a page goes on at the right place though
/// groups came or went meanwhile.
fn sort_key(group: &Group) -> String {
    let precedence = group.precedence.map_or(i64::MAX, i64::from);
    format!("{precedence:019} {}", group.name)
}
