//! One more address that a client's users may be led back to.

use poolhouse_model::{AppClient, ClientId, UserPoolId};

use super::settings_rules::{Deed, check_settings};
use crate::error::ServiceError;
use crate::service::Service;

/// Addresses that a list of a client holds at most.
/// Source: API model, `CallbackURLsListType` and `LogoutURLsListType`.
const MOST_ADDRESSES: usize = 100;

impl Service {
    /// Adds an address to the callback and logout URLs of a client, at their ends; everything else
    /// stays. One that is there already is not added again.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientNotFound`];
    /// [`ServiceError::InvalidInput`] for an address that cannot be one, and where a list is full;
    /// [`ServiceError::ConcurrentModification`].
    pub async fn add_redirect_address(
        &self,
        pool_id: &UserPoolId,
        id: &ClientId,
        address: &str,
    ) -> Result<AppClient, ServiceError> {
        self.change_client(pool_id, id, |pool, client| {
            let settings = &mut client.settings;
            for list in [&mut settings.callback_urls, &mut settings.logout_urls] {
                if list.iter().any(|known| known == address) {
                    continue;
                }
                if list.len() >= MOST_ADDRESSES {
                    let text = "The client has 100 callback or logout URLs, which is the most.";
                    return Err(ServiceError::InvalidInput(text.to_owned()));
                }
                list.push(address.to_owned());
            }
            let has_secret = client.sealed_secret.is_some();
            check_settings(pool, settings, has_secret, Deed::Update)
        })
        .await
    }
}
