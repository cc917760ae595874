//! `ListResourceServers`

use poolhouse_model::{ResourceServer, UserPoolId};

use crate::error::ServiceError;
use crate::page_tokens::{PageToken, Query};
use crate::service::Service;

/// A page of resource servers.
#[derive(Clone, Debug)]
pub struct ResourceServerPage {
    /// The resource servers.
    pub servers: Vec<ResourceServer>,
    /// What names the next page, if there is one.
    pub next_token: Option<PageToken>,
}

impl Service {
    /// Lists the resource servers of a pool by identifier.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`]; [`ServiceError::InvalidInput`] for a page token that is
    /// none of ours.
    /// Source: API reference, `ListResourceServers`. Inferred: the order.
    pub async fn list_resource_servers(
        &self,
        pool_id: &UserPoolId,
        limit: u32,
        token: Option<&PageToken>,
    ) -> Result<ResourceServerPage, ServiceError> {
        self.pool(pool_id).await?;
        let query = Query::ResourceServers { pool_id };
        let page = self.page_request(&query, limit, token)?;
        let mut servers = self.storage.list_resource_servers(pool_id, &page).await?;
        let next_token = self.next_page(&mut servers, limit, &query, |server| &server.identifier);
        Ok(ResourceServerPage {
            servers,
            next_token,
        })
    }
}
