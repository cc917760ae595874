//! `ListUserPools`

use poolhouse_model::{Region, UserPool, UserPoolId};
use poolhouse_storage::PageRequest;

use crate::error::ServiceError;
use crate::page_tokens::{PageToken, Query};
use crate::service::Service;

/// A page of pools.
#[derive(Clone, Debug)]
pub struct PoolPage {
    /// The pools.
    pub pools: Vec<UserPool>,
    /// What names the next page, if there is one.
    pub next_token: Option<PageToken>,
}

impl Service {
    /// Lists the pools of a region.
    /// # Errors
    /// [`ServiceError::InvalidInput`] for a page token that is none of ours.
    /// Source: API reference, `ListUserPools`.
    pub async fn list_user_pools(
        &self,
        region: Option<Region>,
        limit: u32,
        token: Option<&PageToken>,
    ) -> Result<PoolPage, ServiceError> {
        let region = region.unwrap_or_else(|| self.settings.default_region.clone());
        let query = Query::UserPools { region: &region };
        let page = self.page_request(&query, limit, token)?;
        let mut pools = self.storage.list_user_pools(&region, &page).await?;
        let next_token = self.next_page(&mut pools, limit, &query, |pool| pool.id.as_str());
        Ok(PoolPage { pools, next_token })
    }

    /// Lists the pools of the default region, for the start page of the dev profile.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn list_pools_of_region(&self) -> Result<Vec<UserPool>, ServiceError> {
        let page = PageRequest {
            after: None,
            limit: 100,
        };
        Ok(self
            .storage
            .list_user_pools(&self.settings.default_region, &page)
            .await?)
    }

    /// Finds a pool by its exact name among those of the default region.
    pub(crate) async fn find_pool_named(
        &self,
        name: &str,
    ) -> Result<Option<UserPoolId>, ServiceError> {
        let mut after = None;
        loop {
            let page = PageRequest { after, limit: 100 };
            let pools = self
                .storage
                .list_user_pools(&self.settings.default_region, &page)
                .await?;
            if let Some(pool) = pools.iter().find(|pool| pool.name == name) {
                return Ok(Some(pool.id.clone()));
            }
            match pools.last() {
                Some(last) if pools.len() == 100 => after = Some(last.id.as_str().to_owned()),
                _ => return Ok(None),
            }
        }
    }
}
