//! `ListUserPoolClients`

use poolhouse_model::{AppClient, ClientId, UserPoolId};
use poolhouse_storage::PageRequest;

use crate::error::ServiceError;
use crate::page_tokens::{PageToken, Query};
use crate::service::Service;

/// A page of clients.
#[derive(Clone, Debug)]
pub struct ClientPage {
    /// The clients.
    pub clients: Vec<AppClient>,
    /// What names the next page, if there is one.
    pub next_token: Option<PageToken>,
}

impl Service {
    /// Lists the clients of a pool.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`]; [`ServiceError::InvalidInput`] for a page token that is
    /// none of ours.
    /// Source: API reference, `ListUserPoolClients`.
    pub async fn list_user_pool_clients(
        &self,
        pool_id: &UserPoolId,
        limit: u32,
        token: Option<&PageToken>,
    ) -> Result<ClientPage, ServiceError> {
        self.pool(pool_id).await?;
        let query = Query::AppClients { pool_id };
        let page = self.page_request(&query, limit, token)?;
        let mut clients = self.storage.list_app_clients(pool_id, &page).await?;
        let next_token = self.next_page(&mut clients, limit, &query, |client| client.id.as_str());
        Ok(ClientPage {
            clients,
            next_token,
        })
    }

    /// Finds a client of a pool by its exact name.
    pub(crate) async fn find_client_named(
        &self,
        pool_id: &UserPoolId,
        name: &str,
    ) -> Result<Option<ClientId>, ServiceError> {
        let mut after = None;
        loop {
            let page = PageRequest { after, limit: 100 };
            let clients = self.storage.list_app_clients(pool_id, &page).await?;
            if let Some(client) = clients.iter().find(|client| client.name == name) {
                return Ok(Some(client.id.clone()));
            }
            match clients.last() {
                Some(last) if clients.len() == 100 => after = Some(last.id.as_str().to_owned()),
                _ => return Ok(None),
            }
        }
    }
}
