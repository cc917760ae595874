//! `UpdateResourceServer`

use poolhouse_model::ResourceServer;
use poolhouse_storage::{Conflict, StorageError, Write};

use super::check_scopes;
use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

impl Service {
    /// Replaces name and scopes. A scope that is gone stays enabled on clients that have it, but
    /// no token names it until it comes back.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::ResourceServerNotFound`];
    /// [`ServiceError::InvalidInput`] for a scope that comes twice; [`ServiceError::Busy`] when
    /// the resource server kept changing.
    /// Source: API reference, `UpdateResourceServer` (what is left out falls back to its default,
    /// which is no scope); AWS page "Scopes, M2M, and resource servers".
    pub async fn update_resource_server(
        &self,
        server: ResourceServer,
    ) -> Result<ResourceServer, ServiceError> {
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let current = self
                .describe_resource_server(&server.pool_id, &server.identifier)
                .await?;
            check_scopes(&server.scopes)?;
            let changed = ResourceServer {
                version: current.version + 1,
                ..server.clone()
            };
            match self
                .write([Write::UpdateResourceServer(Box::new(changed.clone()))])
                .await
            {
                Ok(()) => return Ok(changed),
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::Busy)
    }
}
