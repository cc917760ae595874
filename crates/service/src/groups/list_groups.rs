//! `ListGroups`

use poolhouse_model::{Group, UserPoolId};

use crate::error::ServiceError;
use crate::page_tokens::{PageToken, Query};
use crate::service::Service;

/// A page of groups.
#[derive(Clone, Debug)]
pub struct GroupPage {
    /// The groups.
    pub groups: Vec<Group>,
    /// What names the next page, if there is one.
    pub next_token: Option<PageToken>,
}

impl Service {
    /// Lists the groups of a pool by name.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`]; [`ServiceError::InvalidInput`] for a page token that is
    /// none of ours.
    /// Source: API reference, `ListGroups`. Inferred: the order.
    pub async fn list_groups(
        &self,
        pool_id: &UserPoolId,
        limit: u32,
        token: Option<&PageToken>,
    ) -> Result<GroupPage, ServiceError> {
        self.pool(pool_id).await?;
        let query = Query::Groups { pool_id };
        let page = self.page_request(&query, limit, token)?;
        let mut groups = self.storage.list_groups(pool_id, &page).await?;
        let next_token = self.next_page(&mut groups, limit, &query, |group| group.name.as_str());
        Ok(GroupPage { groups, next_token })
    }
}
