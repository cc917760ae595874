//! The discovery document of a pool.

use std::sync::Arc;

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
    pub async fn discovery(&self, pool_id: &UserPoolId) -> Result<Arc<[u8]>, ServiceError> {
        self.pool(pool_id).await?;
        let now = self.now();
        if let Some(document) = self.cache.discovery(pool_id, now) {
            return Ok(document);
        }
        let mark = self.cache.mark();
        let base = self.pages_url(pool_id).await?;
        let document = DiscoveryDocument::new(&self.settings.issuer(pool_id), &base);
        let document = document.with_extensions().to_json().into();
        Ok(self.cache.keep_discovery(pool_id, document, now, mark))
    }
}
