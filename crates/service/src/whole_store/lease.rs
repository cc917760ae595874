//! Keeping requests and what replaces the store apart.

use std::time::Duration;

use tokio::sync::{RwLockReadGuard, RwLockWriteGuard};

use super::failure::WholeStoreFailure;
use crate::service::Service;

/// How long what replaces the store waits for requests that began before.
const PATIENCE: Duration = Duration::from_secs(10);

/// Says that a request is under way; while one is held the store is not replaced.
pub struct StoreLease<'a>(#[expect(dead_code, reason = "held, not read")] RwLockReadGuard<'a, ()>);

impl Service {
    /// Takes a lease, after the end of what replaces the store.
    pub async fn lease_store(&self) -> StoreLease<'_> {
        StoreLease(self.replacing.read().await)
    }

    /// Waits until every lease is given back; later ones wait until the guard is dropped.
    pub(super) async fn take_store_alone(
        &self,
    ) -> Result<RwLockWriteGuard<'_, ()>, WholeStoreFailure> {
        let waiting = tokio::time::timeout(PATIENCE, self.replacing.write());
        waiting
            .await
            .map_err(|_| WholeStoreFailure::RequestsUnderWay)
    }

    /// Drops what is known of the store: configuration and opened keys.
    pub(super) fn forget_everything(&self) {
        self.cache.forget_everything();
        self.keyrings.write().clear();
    }
}
