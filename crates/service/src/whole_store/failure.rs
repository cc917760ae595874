//! Why the store was not emptied, copied or put back.

use poolhouse_storage::StorageError;

use super::snapshots::{MOST_NAME_LENGTH, MOST_SNAPSHOT_BYTES, MOST_SNAPSHOTS};
use crate::error::ServiceError;

/// Why the store was not emptied, copied or put back: it is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WholeStoreFailure {
    /// No snapshot has that name.
    #[error("There is no snapshot named {0}.")]
    SnapshotNotFound(String),
    /// The name of a snapshot cannot be one.
    #[error(
        "The name of a snapshot has 1 to {MOST_NAME_LENGTH} characters out of letters, digits, \
         '.', '_' and '-'."
    )]
    SnapshotNameInvalid,
    /// There are as many snapshots as can be kept.
    #[error("There are {MOST_SNAPSHOTS} snapshots already, the most that are kept: delete one.")]
    TooManySnapshots,
    /// The snapshots would take more memory than is given to them.
    #[error(
        "The snapshots would take more than {} MiB, the most that is kept: delete one, or keep \
         less in the store.", MOST_SNAPSHOT_BYTES / (1024 * 1024)
    )]
    SnapshotsTooLarge,
    /// Requests that began before did not end.
    #[error("Requests under way did not end in time: nothing was changed, try again.")]
    RequestsUnderWay,
    /// Another failure.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for WholeStoreFailure {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}
