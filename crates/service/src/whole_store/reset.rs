//! Emptying the store, or one pool.

use std::sync::Arc;

use poolhouse_model::UserPoolId;
use poolhouse_storage::{Conflict, Storage, StorageError};

use super::failure::WholeStoreFailure;
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Removes every pool with everything in it, also one that is protected against deletion.
    /// Snapshots stay.
    /// # Errors
    /// [`WholeStoreFailure::RequestsUnderWay`]; [`ServiceError::FeatureNotServed`] outside the dev
    /// profile.
    pub async fn reset_store(self: &Arc<Self>) -> Result<(), WholeStoreFailure> {
        self.replace_store(|storage| async move { storage.empty_store().await })
            .await
    }

    /// Removes the users of a pool with everything that is theirs, messages to them and counted
    /// failures; the pool's settings, keys, clients, domains, groups and resource servers stay.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], and those of [`Self::reset_store`].
    pub async fn reset_pool(self: &Arc<Self>, id: &UserPoolId) -> Result<(), WholeStoreFailure> {
        let pool = id.clone();
        let removed = self
            .replace_store(|storage| async move { storage.remove_all_users(&pool).await })
            .await;
        match removed {
            Err(WholeStoreFailure::Service(ServiceError::Storage(StorageError::Conflict(
                Conflict::Stale,
            )))) => Err(ServiceError::UserPoolNotFound(id.clone()).into()),
            outcome => outcome,
        }
    }

    /// Replaces what is in the store while no request is under way, and forgets what was known of
    /// it. A task of its own goes on when the caller hangs up: half of this must not happen.
    pub(super) async fn replace_store<Run, Running>(
        self: &Arc<Self>,
        run: Run,
    ) -> Result<(), WholeStoreFailure>
    where
        Run: FnOnce(Arc<dyn Storage>) -> Running + Send + 'static,
        Running: Future<Output = Result<(), StorageError>> + Send,
    {
        self.require_dev_profile()?;
        let service = Arc::clone(self);
        let task = tokio::spawn(async move {
            let alone = service.take_store_alone().await?;
            let outcome = run(Arc::clone(&service.storage)).await;
            // After a failure too: the outcome of a write that was on its way is not known.
            service.forget_everything();
            drop(alone);
            service.wake_outbox();
            Ok(outcome?)
        });
        let ended = task.await;
        ended.unwrap_or_else(|error| Err(ServiceError::Internal(error.to_string()).into()))
    }

    pub(super) fn require_dev_profile(&self) -> Result<(), ServiceError> {
        if self.settings.is_dev {
            return Ok(());
        }
        let text = "Emptying the store and snapshots are part of the dev profile.";
        Err(ServiceError::FeatureNotServed(text.to_owned()))
    }
}
