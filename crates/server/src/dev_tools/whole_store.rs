//! `/_poolhouse/reset`, `snapshot` and `restore`: a test suite's way back to a known store.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use http::StatusCode;
use poolhouse_model::UserPoolId;
use poolhouse_service::{ServiceError, SnapshotFacts, WholeStoreFailure};
use serde::Serialize;

use super::arguments::Arguments;
use super::json_answer::{json_answer, json_refusal};
use crate::app::App;
use crate::rfc3339::rfc3339;

/// The snapshot that is meant where none is named.
const DEFAULT_NAME: &str = "default";

/// What was removed.
#[derive(Debug, Serialize)]
struct ResetAnswer<'a> {
    removed: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pool: Option<&'a str>,
}

/// A snapshot as programs read it.
#[derive(Debug, Serialize)]
struct SnapshotAnswer {
    name: String,
    created_at: String,
    size_bytes: u64,
}

/// Removes everything, or the users of one pool.
pub(super) async fn reset(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let arguments = match Arguments::read(query.as_deref(), &body, &["pool"]) {
        Ok(arguments) => arguments,
        Err(text) => return json_refusal(StatusCode::BAD_REQUEST, &text),
    };
    let pool = arguments.text("pool");
    let (outcome, removed) = match pool {
        Some(id) => (app.service.reset_pool(&UserPoolId::new(id)).await, "users"),
        None => (app.service.reset_store().await, "everything"),
    };
    match outcome {
        Ok(()) => json_answer(StatusCode::OK, &ResetAnswer { removed, pool }),
        Err(failure) => refuse(&failure),
    }
}

/// Keeps a copy of the store under a name.
pub(super) async fn take(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    match read_name(query.as_deref(), &body) {
        Ok(name) => answer(app.service.take_snapshot(&name).await),
        Err(text) => json_refusal(StatusCode::BAD_REQUEST, &text),
    }
}

/// Puts the store back to a copy.
pub(super) async fn restore(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    match read_name(query.as_deref(), &body) {
        Ok(name) => answer(app.service.restore_snapshot(&name).await),
        Err(text) => json_refusal(StatusCode::BAD_REQUEST, &text),
    }
}

/// Lists the copies.
pub(super) async fn list(State(app): State<Arc<App>>) -> Response {
    let snapshots = app.service.list_snapshots().into_iter();
    let answers: Vec<_> = snapshots.map(SnapshotAnswer::from).collect();
    json_answer(StatusCode::OK, &answers)
}

/// Removes a copy.
pub(super) async fn delete(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let name = match read_name(query.as_deref(), &body) {
        Ok(name) => name,
        Err(text) => return json_refusal(StatusCode::BAD_REQUEST, &text),
    };
    match app.service.delete_snapshot(&name) {
        Ok(()) => json_answer(StatusCode::OK, &serde_json::json!({ "deleted": name })),
        Err(failure) => refuse(&failure),
    }
}

fn read_name(query: Option<&str>, body: &[u8]) -> Result<String, String> {
    let arguments = Arguments::read(query, body, &["name"])?;
    Ok(arguments.text("name").unwrap_or(DEFAULT_NAME).to_owned())
}

fn answer(outcome: Result<SnapshotFacts, WholeStoreFailure>) -> Response {
    match outcome {
        Ok(facts) => json_answer(StatusCode::OK, &SnapshotAnswer::from(facts)),
        Err(failure) => refuse(&failure),
    }
}

fn refuse(failure: &WholeStoreFailure) -> Response {
    let (status, text) = told(failure);
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(error = %failure, "the store was not emptied, copied or put back");
    }
    json_refusal(status, &text)
}

/// The status and the text that a failure is told with.
pub(crate) fn told(failure: &WholeStoreFailure) -> (StatusCode, String) {
    use WholeStoreFailure as Failure;
    let status = match failure {
        Failure::SnapshotNotFound(_) => StatusCode::NOT_FOUND,
        Failure::SnapshotNameInvalid => StatusCode::BAD_REQUEST,
        Failure::TooManySnapshots | Failure::SnapshotsTooLarge => StatusCode::CONFLICT,
        Failure::RequestsUnderWay => StatusCode::SERVICE_UNAVAILABLE,
        Failure::Service(ServiceError::UserPoolNotFound(id)) => {
            let text = format!("User pool {id} does not exist.");
            return (StatusCode::NOT_FOUND, text);
        }
        // The log has the reason: it may name files or servers.
        Failure::Service(_) => {
            let text = "The store failed; its log says how.".to_owned();
            return (StatusCode::INTERNAL_SERVER_ERROR, text);
        }
    };
    (status, failure.to_string())
}

impl From<SnapshotFacts> for SnapshotAnswer {
    fn from(facts: SnapshotFacts) -> Self {
        Self {
            name: facts.name,
            created_at: rfc3339(facts.created_at),
            size_bytes: facts.size_bytes,
        }
    }
}
