//! Failures of the store, in its own words.

/// Why a read or a write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A guard of the batch did not hold: nothing of it was written.
    #[error("the write conflicts with the store: {0:?}")]
    Conflict(Conflict),
    /// The store cannot be reached or did not answer in time; the outcome of a write is unknown
    /// only if it was on its way.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// The store's files are damaged.
    #[error("{file} is damaged: {detail}")]
    Damaged {
        /// The file, or the database.
        file: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A row contradicts what the program wrote.
    #[error("a row of {entity} cannot be read: {detail}")]
    Unreadable {
        /// Which kind of row.
        entity: &'static str,
        /// What is wrong with it.
        detail: String,
    },
}

/// The guard that did not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// A pool of that id exists.
    UserPoolExists,
    /// A client of that id exists.
    AppClientExists,
    /// The domain belongs to a pool, or the pool has one of that kind.
    DomainTaken,
    /// A group of that name exists in the pool.
    GroupExists,
    /// A resource server of that identifier exists in the pool.
    ResourceServerExists,
    /// A user of that name or subject exists in the pool.
    UsernameTaken,
    /// An alias belongs to another user.
    AliasTaken,
    /// The row changed or vanished since it was read.
    Stale,
    /// The authorization code was spent, or is none.
    CodeSpent,
    /// The challenge was spent, ended, or is out of tries.
    ChallengeSpent,
    /// The refresh token was rotated or revoked meanwhile.
    FamilySpent,
    /// The confirmation code ended, was replaced, or is out of tries.
    ConfirmationCodeSpent,
    /// A code of the step, or of a later one, was taken already.
    SoftwareTokenCodeUsed,
    /// As many messages were sent in the window as may be.
    MessageLimitReached,
}
