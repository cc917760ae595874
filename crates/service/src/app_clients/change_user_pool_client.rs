//! How a client is changed, whatever is changed of it.

use poolhouse_model::{AppClient, ClientId, UserPool, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

impl Service {
    /// Changes a client: reads it and its pool, lets `change` make the new value and writes it;
    /// when the client changed meanwhile, reads and tries again. This instance obeys the new value
    /// at once.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::AppClientNotFound`]; what `change`
    /// answers; [`ServiceError::ConcurrentModification`] when the client kept changing.
    pub(crate) async fn change_client(
        &self,
        pool_id: &UserPoolId,
        id: &ClientId,
        mut change: impl FnMut(&UserPool, &mut AppClient) -> Result<(), ServiceError>,
    ) -> Result<AppClient, ServiceError> {
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let pool = self.stored_pool(pool_id).await?;
            let client = self.storage.find_app_client(pool_id, id).await?;
            let mut client = client.ok_or_else(|| ServiceError::AppClientNotFound(id.clone()))?;
            change(&pool, &mut client)?;
            client.version += 1;
            client.updated_at = self.now();
            let written = self
                .write([Write::UpdateAppClient(Box::new(client.clone()))])
                .await;
            self.cache.forget_client(id);
            match written {
                Ok(()) => return Ok(client),
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::ConcurrentModification("user pool client"))
    }
}
