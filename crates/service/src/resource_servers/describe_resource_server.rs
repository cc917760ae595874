//! `DescribeResourceServer`

use poolhouse_model::{ResourceServer, UserPoolId};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Reads a resource server.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::ResourceServerNotFound`].
    /// Source: API reference, `DescribeResourceServer`.
    pub async fn describe_resource_server(
        &self,
        pool_id: &UserPoolId,
        identifier: &str,
    ) -> Result<ResourceServer, ServiceError> {
        let pool = self.pool(pool_id).await?;
        let found = self.storage.find_resource_server(&pool.id, identifier);
        let not_found = || ServiceError::ResourceServerNotFound(identifier.to_owned());
        found.await?.ok_or_else(not_found)
    }
}
