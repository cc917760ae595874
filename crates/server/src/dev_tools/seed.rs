//! `POST /_poolhouse/seed`: pools, clients and users out of a document.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use poolhouse_service::{SeedAction, SeedChange, SeedMode};
use serde::Serialize;

use super::arguments::Arguments;
use super::json_answer::{json_answer, json_refusal};
use crate::app::App;
use crate::seed::{SeedError, read_seed, run_seed};

/// What a seed changed or would change.
#[derive(Debug, Serialize)]
struct SeedAnswer {
    changes: Vec<ChangeAnswer>,
}

/// One change.
#[derive(Debug, Serialize)]
struct ChangeAnswer {
    action: &'static str,
    what: String,
    differences: Vec<String>,
}

/// Why a seed was not put in force.
#[derive(Debug, Serialize)]
struct SeedRefusal {
    message: String,
    line: Option<u64>,
}

/// Puts the document of the body in force, or with `plan` tells what it would change.
pub(super) async fn seed(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let arguments = Arguments::read(query.as_deref(), b"", &["plan"]);
    let mode = match arguments.and_then(|arguments| arguments.flag("plan")) {
        Ok(true) => SeedMode::Plan,
        Ok(false) => SeedMode::Apply,
        Err(text) => return json_refusal(StatusCode::BAD_REQUEST, &text),
    };
    let Ok(text) = String::from_utf8(body.into()) else {
        return json_refusal(StatusCode::BAD_REQUEST, "The document is not UTF-8.");
    };
    // A long document takes long enough to keep others waiting.
    let read = tokio::task::spawn_blocking(move || read_seed(&text)).await;
    let outcome = match read {
        Ok(Ok(seed)) => run_seed(&app.service, &seed, mode).await,
        Ok(Err(error)) => Err(error),
        Err(error) => {
            tracing::error!(error = %error, "a seed was not read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    match outcome {
        Ok(changes) => {
            let changes = changes.into_iter().map(ChangeAnswer::from).collect();
            json_answer(StatusCode::OK, &SeedAnswer { changes })
        }
        Err(error) => refuse(&error),
    }
}

fn refuse(error: &SeedError) -> Response {
    let refusal = SeedRefusal {
        message: error.to_string(),
        line: error.line(),
    };
    json_answer(StatusCode::BAD_REQUEST, &refusal)
}

impl From<SeedChange> for ChangeAnswer {
    fn from(change: SeedChange) -> Self {
        Self {
            action: match change.action {
                SeedAction::Create => "create",
                SeedAction::Update => "update",
            },
            what: change.what,
            differences: change.differences.iter().map(ToString::to_string).collect(),
        }
    }
}
