//! What an error of the server means.

use poolhouse_storage::{Conflict, StorageError};
use tokio_postgres::error::SqlState;

/// A statement that failed.
pub(super) enum Failure {
    /// The same transaction may succeed when it is run again.
    Transient(StorageError),
    /// It would fail again.
    Final(StorageError),
}

impl Failure {
    /// The error.
    pub(super) fn into_error(self) -> StorageError {
        match self {
            Self::Transient(error) | Self::Final(error) => error,
        }
    }
}

/// Translates an error; a violated unique key is `conflict`.
pub(super) fn translate(error: &tokio_postgres::Error, conflict: Option<Conflict>) -> Failure {
    let Some(cause) = error.as_db_error() else {
        return Failure::Final(StorageError::Unavailable(error.to_string()));
    };
    let code = cause.code();
    // Details are left out: they repeat values of the row.
    let text = format!("{} ({})", cause.message(), code.code());
    if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED {
        return Failure::Transient(StorageError::Unavailable(text));
    }
    Failure::Final(match conflict {
        Some(conflict) if *code == SqlState::UNIQUE_VIOLATION => StorageError::Conflict(conflict),
        _ if *code == SqlState::DATA_CORRUPTED || *code == SqlState::INDEX_CORRUPTED => {
            StorageError::Damaged {
                file: "the PostgreSQL database".to_owned(),
                detail: text,
            }
        }
        _ => StorageError::Unavailable(text),
    })
}

/// Whether a statement only failed because an earlier one of its transaction did.
pub(super) fn is_aftermath(error: &tokio_postgres::Error) -> bool {
    error.code() == Some(&SqlState::IN_FAILED_SQL_TRANSACTION)
}
