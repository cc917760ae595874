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

#[cfg(test)]
mod tests {
    use poolhouse_model::{Timestamp, UserPoolId};
    use poolhouse_storage::{Housekeeping as _, Lockouts as _};
    use poolhouse_storage_sql::SqlStorage;

    use super::*;

    struct Stopped(Timestamp);

    impl Clock for Stopped {
        fn now(&self) -> Timestamp {
            self.0
        }
    }

    #[tokio::test]
    async fn all_expired_rows_are_removed_and_no_other() {
        let storage = SqlStorage::open_ephemeral().unwrap();
        let pool_id = UserPoolId::new("us-east-1_AbCdEf123");
        let (start, end) = (Timestamp::from_secs(10), Timestamp::from_secs(20));
        for row in 0..=ROWS {
            let name = format!("name-{row}");
            storage
                .count_attempt(&pool_id, &name, start, end)
                .await
                .unwrap();
        }
        let later = Timestamp::from_secs(40);
        storage
            .count_attempt(&pool_id, "other", start, later)
            .await
            .unwrap();

        let now = Timestamp::from_secs(30);
        purge(&storage, &Stopped(now)).await.unwrap();
        assert_eq!(storage.purge_expired(now, ROWS).await.unwrap(), 0);
        assert_eq!(
            storage
                .purge_expired(Timestamp::from_secs(50), ROWS)
                .await
                .unwrap(),
            1
        );
    }
}
