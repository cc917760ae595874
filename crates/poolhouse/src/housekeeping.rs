//! Removing what has expired.

use std::sync::Arc;
use std::time::Duration;

use poolhouse_model::Clock;
use poolhouse_storage::{Storage, StorageError};

/// How often expired rows are removed. They are refused by their own end before that, so this
/// only bounds the size of the store.
const INTERVAL: Duration = Duration::from_mins(1);

/// Rows removed at a time.
const ROWS: u32 = 500;

/// Pause between two removals, so that requests come first.
const PAUSE: Duration = Duration::from_millis(50);

/// Removes expired rows from time to time, until the future is dropped.
pub(crate) async fn run(storage: Arc<dyn Storage>, clock: Arc<dyn Clock>) {
    loop {
        tokio::time::sleep(INTERVAL).await;
        if let Err(error) = purge(&*storage, &*clock).await {
            tracing::error!(error = %error, "expired rows cannot be removed");
        }
    }
}

async fn purge(storage: &dyn Storage, clock: &dyn Clock) -> Result<(), StorageError> {
    while storage.purge_expired(clock.now(), ROWS).await? == u64::from(ROWS) {
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
