//! The conformance suite: what every engine must do, run by each backend.
//!
//! Each behaviour uses pools of its own, so that all can run on one database. A behaviour that
//! is broken panics, as a test does.

mod app_clients;
mod codes;
mod domains;
mod groups;
mod housekeeping;
mod lockouts;
mod outbox;
mod password_history;
mod resource_servers;
mod samples;
mod second_factors;
mod sign_ins;
mod together;
mod ui_customizations;
mod user_lists;
mod user_pools;
mod users;
mod whole_store;

use crate::error::{Conflict, StorageError};
use crate::repositories::Storage;
use crate::write::{Write, WriteBatch};

/// Runs every behaviour, one after the other, on a store that is empty and nobody else's.
///
/// # Panics
/// When the engine breaks one; the message and place say which.
pub async fn run_all(storage: &dyn Storage) {
    user_pools::run(storage).await;
    app_clients::run(storage).await;
    domains::run(storage).await;
    users::run(storage).await;
    second_factors::run(storage).await;
    user_lists::run(storage).await;
    password_history::run(storage).await;
    groups::run(storage).await;
    resource_servers::run(storage).await;
    ui_customizations::run(storage).await;
    sign_ins::run(storage).await;
    codes::run(storage).await;
    lockouts::run(storage).await;
    outbox::run(storage).await;
    housekeeping::run(storage).await;
    // The last: it empties the store.
    whole_store::run(storage).await;
}

/// Runs changes that must succeed.
#[track_caller]
fn accept(storage: &dyn Storage, writes: impl Into<Vec<Write>>) -> impl Future<Output = ()> {
    let caller = std::panic::Location::caller();
    let batch = WriteBatch::of(writes);
    async move {
        let outcome = storage.write(batch).await;
        assert!(outcome.is_ok(), "{caller}: refused: {outcome:?}");
    }
}

/// Runs changes that must be refused with `conflict`.
#[track_caller]
fn refuse(
    storage: &dyn Storage,
    conflict: Conflict,
    writes: impl Into<Vec<Write>>,
) -> impl Future<Output = ()> {
    let caller = std::panic::Location::caller();
    let batch = WriteBatch::of(writes);
    async move {
        let outcome = storage.write(batch).await;
        let found = match &outcome {
            Err(StorageError::Conflict(found)) => Some(*found),
            _ => None,
        };
        assert_eq!(found, Some(conflict), "{caller}: {outcome:?}");
    }
}

/// Unwraps what the engine read.
#[track_caller]
fn ok<T>(outcome: Result<T, StorageError>) -> T {
    match outcome {
        Ok(value) => value,
        Err(error) => panic!("the engine failed: {error}"),
    }
}
