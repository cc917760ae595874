//! `GetUICustomization`

use poolhouse_model::{ClientId, UiCustomization, UserPoolId};

use super::all_clients;
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Reads what was set for a client; if nothing was, or for `None`, what was set for all.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientNotFound`];
    /// [`ServiceError::InvalidInput`] without a domain.
    /// Source: API reference, `GetUICustomization`.
    pub async fn get_ui_customization(
        &self,
        pool_id: &UserPoolId,
        client_id: Option<ClientId>,
    ) -> Result<Option<UiCustomization>, ServiceError> {
        let client_id = self.customized_client(pool_id, client_id).await?;
        let find = |client_id| self.storage.find_ui_customization(pool_id, client_id);
        let found = find(&client_id).await?;
        if found.is_some() || client_id.as_str() == UiCustomization::ALL_CLIENTS {
            return Ok(found);
        }
        Ok(find(&all_clients()).await?)
    }
}
