//! How the owner of a pool wants its pages to look: a stylesheet and a logo, for one client or for
//! all that have none of their own.
//!
//! What is set is read for each page that is shown: it is one small row by its key, and a page that
//! remembered it would show a logo that its owner has taken down.

mod css;
mod files;
mod get_ui_customization;
mod logo;
mod set_ui_customization;

pub use set_ui_customization::SetUiCustomization;

use poolhouse_crypto::hash::sha256;
use poolhouse_model::{ClientId, UiCustomization, UserPoolId};

use crate::error::ServiceError;
use crate::service::Service;

/// Source: an answer of `GetUICustomization` that users and a test of Terraform's provider quote.
const NO_DOMAIN: &str = "There has to be an existing domain associated with this user pool";

/// Bytes of a hash that tell one file from every other.
const FINGERPRINT_BYTES: usize = 16;

/// Tells a file from every other.
fn fingerprint(bytes: &[u8]) -> String {
    hex::encode(&sha256(bytes)[..FINGERPRINT_BYTES])
}

/// What stands for all clients.
fn all_clients() -> ClientId {
    ClientId::new(UiCustomization::ALL_CLIENTS)
}

impl Service {
    /// Whose pages a call means: those of a client of the pool, or of all. The pool must have a
    /// domain.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientNotFound`];
    /// [`ServiceError::InvalidInput`] without a domain.
    /// Source: API reference, `SetUICustomization`. Inferred: that a client is looked for before
    /// the domain.
    async fn customized_client(
        &self,
        pool_id: &UserPoolId,
        client_id: Option<ClientId>,
    ) -> Result<ClientId, ServiceError> {
        let client_id = client_id.unwrap_or_else(all_clients);
        if client_id.as_str() == UiCustomization::ALL_CLIENTS {
            self.pool(pool_id).await?;
        } else {
            self.client_of_pool(pool_id, &client_id).await?;
        }
        if self.list_domains(pool_id).await?.is_empty() {
            return Err(ServiceError::InvalidInput(NO_DOMAIN.to_owned()));
        }
        Ok(client_id)
    }
}
