//! `CreateResourceServer`

use poolhouse_model::ResourceServer;
use poolhouse_storage::{Conflict, StorageError, Write};

use super::{MAX_RESOURCE_SERVERS, check_scopes};
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Makes a resource server; its scopes can be given to clients from now on.
    ///
    /// Their number is counted beforehand, so that calls at the same time can pass the limit by a
    /// few.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::ResourceServerExists`],
    /// [`ServiceError::ResourceLimitExceeded`]; [`ServiceError::InvalidInput`] for a scope that
    /// comes twice.
    /// Source: API reference, `CreateResourceServer`.
    pub async fn create_resource_server(
        &self,
        server: ResourceServer,
    ) -> Result<ResourceServer, ServiceError> {
        let pool = self.pool(&server.pool_id).await?;
        check_scopes(&server.scopes)?;
        if self.storage.count_resource_servers(&pool.id).await? >= MAX_RESOURCE_SERVERS {
            return Err(ServiceError::ResourceLimitExceeded("resource servers"));
        }
        let server = ResourceServer {
            version: 1,
            ..server
        };
        match self
            .write([Write::CreateResourceServer(Box::new(server.clone()))])
            .await
        {
            Ok(()) => Ok(server),
            Err(StorageError::Conflict(Conflict::ResourceServerExists)) => {
                Err(ServiceError::ResourceServerExists {
                    identifier: server.identifier,
                    pool_id: server.pool_id,
                })
            }
            Err(StorageError::Conflict(Conflict::Stale)) => {
                Err(ServiceError::UserPoolNotFound(server.pool_id))
            }
            Err(error) => Err(error.into()),
        }
    }
}
