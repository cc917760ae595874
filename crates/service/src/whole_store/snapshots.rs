//! Copies of the store under a name, kept in memory until the process ends.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;
use poolhouse_model::Timestamp;
use poolhouse_storage::StoreSnapshot;

use super::failure::WholeStoreFailure;
use crate::service::Service;

/// Snapshots that are kept at most.
pub(super) const MOST_SNAPSHOTS: usize = 16;

/// Memory that they take at most, together.
pub(super) const MOST_SNAPSHOT_BYTES: u64 = 256 * 1024 * 1024;

/// Characters of a name.
pub(super) const MOST_NAME_LENGTH: usize = 64;

/// The snapshots, by name.
pub(crate) type KeptSnapshots = Mutex<BTreeMap<String, Arc<Kept>>>;

/// A snapshot.
pub(crate) struct Kept {
    store: StoreSnapshot,
    created_at: Timestamp,
}

/// What is told of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotFacts {
    /// Its name.
    pub name: String,
    /// When it was taken.
    pub created_at: Timestamp,
    /// About how much memory it takes.
    pub size_bytes: u64,
}

impl Service {
    /// Keeps everything that is in the store now, in place of an earlier snapshot of that name.
    /// # Errors
    /// [`WholeStoreFailure::SnapshotNameInvalid`], [`WholeStoreFailure::TooManySnapshots`],
    /// [`WholeStoreFailure::SnapshotsTooLarge`], [`WholeStoreFailure::RequestsUnderWay`];
    /// [`crate::ServiceError::FeatureNotServed`] outside the dev profile.
    pub async fn take_snapshot(&self, name: &str) -> Result<SnapshotFacts, WholeStoreFailure> {
        self.require_dev_profile()?;
        check_name(name)?;
        // Who takes a snapshot at the same time waits here, so that the bounds hold for both.
        let alone = self.take_store_alone().await?;
        let left_bytes = self.room_for_snapshot(name)?;
        let copied = self.storage.copy_store(left_bytes).await?;
        let store = copied.ok_or(WholeStoreFailure::SnapshotsTooLarge)?;
        let kept = Kept {
            store,
            created_at: self.now(),
        };
        let facts = facts(name, &kept);
        self.snapshots
            .lock()
            .insert(name.to_owned(), Arc::new(kept));
        drop(alone);
        Ok(facts)
    }

    /// Puts the store back to what it was when the snapshot was taken, whole or not at all. The
    /// snapshot stays.
    /// # Errors
    /// [`WholeStoreFailure::SnapshotNotFound`], and those of [`Self::reset_store`].
    pub async fn restore_snapshot(
        self: &Arc<Self>,
        name: &str,
    ) -> Result<SnapshotFacts, WholeStoreFailure> {
        let kept = self.snapshots.lock().get(name).cloned();
        let kept = kept.ok_or_else(|| WholeStoreFailure::SnapshotNotFound(name.to_owned()))?;
        let facts = facts(name, &kept);
        self.replace_store(|storage| async move { storage.put_store_back(&kept.store).await })
            .await?;
        Ok(facts)
    }

    /// Lists the snapshots by name.
    pub fn list_snapshots(&self) -> Vec<SnapshotFacts> {
        let snapshots = self.snapshots.lock();
        snapshots
            .iter()
            .map(|(name, kept)| facts(name, kept))
            .collect()
    }

    /// Removes a snapshot.
    /// # Errors
    /// [`WholeStoreFailure::SnapshotNotFound`].
    pub fn delete_snapshot(&self, name: &str) -> Result<(), WholeStoreFailure> {
        match self.snapshots.lock().remove(name) {
            Some(_) => Ok(()),
            None => Err(WholeStoreFailure::SnapshotNotFound(name.to_owned())),
        }
    }

    /// How much memory a snapshot of that name may take.
    fn room_for_snapshot(&self, name: &str) -> Result<u64, WholeStoreFailure> {
        let snapshots = self.snapshots.lock();
        let others = snapshots.iter().filter(|(other, _)| *other != name);
        let sizes: Vec<u64> = others.map(|(_, kept)| kept.store.size_bytes()).collect();
        if sizes.len() >= MOST_SNAPSHOTS {
            return Err(WholeStoreFailure::TooManySnapshots);
        }
        Ok(MOST_SNAPSHOT_BYTES.saturating_sub(sizes.iter().sum()))
    }
}

fn facts(name: &str, kept: &Kept) -> SnapshotFacts {
    SnapshotFacts {
        name: name.to_owned(),
        created_at: kept.created_at,
        size_bytes: kept.store.size_bytes(),
    }
}

/// Names travel in queries and log lines.
fn check_name(name: &str) -> Result<(), WholeStoreFailure> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if (1..=MOST_NAME_LENGTH).contains(&name.len()) && name.bytes().all(is_plain) {
        return Ok(());
    }
    Err(WholeStoreFailure::SnapshotNameInvalid)
}
