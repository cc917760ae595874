//! Causes and remedies of what the tools for test suites refuse.

use poolhouse_service::{ServiceError, WholeStoreFailure as Fact};

use super::words::dictionary;

dictionary! { Fact;
    Fact::SnapshotNotFound(_) => [Fact::SnapshotNotFound("{name}".to_owned())],
        "No snapshot of that name is kept; they end with the server.",
        "List them with GET /_poolhouse/snapshot, or take one first.";
    Fact::SnapshotNameInvalid => [Fact::SnapshotNameInvalid],
        "The name of a snapshot holds other characters or is too long.",
        "Choose a name of letters and digits.";
    Fact::TooManySnapshots => [Fact::TooManySnapshots],
        "As many snapshots are kept as can be.",
        "Delete one.";
    Fact::SnapshotsTooLarge => [Fact::SnapshotsTooLarge],
        "The snapshots would take more memory than is given to them.",
        "Delete one, or seed fewer users.";
    Fact::RequestsUnderWay => [Fact::RequestsUnderWay],
        "Requests that began before did not end in time.",
        "Let the application finish its requests, then try again.";
    Fact::Service(ServiceError::UserPoolNotFound(_)) => [
        Fact::Service(ServiceError::UserPoolNotFound(poolhouse_model::UserPoolId::new("{pool}"))),
    ],
        "One pool was to be emptied, and there is none of that id.",
        "Compare the id with the start page.";
    Fact::Service(_) => [Fact::Service(ServiceError::Internal(String::new()))],
        "The database failed.",
        "Look into the log of the server.";
}
