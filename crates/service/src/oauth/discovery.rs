//! The discovery document of a pool.

use poolhouse_model::UserPoolId;
use poolhouse_oauth::discovery::DiscoveryDocument;

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Gives the discovery document of a pool, as JSON. Its endpoints are on the custom domain if
    /// the pool has one, else on the public URL, which works on every machine.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`].
    /// Source: OpenID Connect Discovery 1.0 section 4.
    pub async fn discovery(&self, pool_id: &UserPoolId) -> Result<Vec<u8>, ServiceError> {
        self.pool(pool_id).await?;
        let domains = self.storage.list_domains(pool_id).await?;
        let custom = domains.iter().find(|domain| domain.is_custom());
        let base = match custom {
            Some(domain) => format!("https://{}", domain.domain),
            None => self.settings.public_url.clone(),
        };
        let document = DiscoveryDocument::new(&self.settings.issuer(pool_id), &base);
        Ok(document.with_extensions().to_json())
    }
}
