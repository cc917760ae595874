//! `GET /_poolhouse/health`: whether the server can do its work.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde::Serialize;

use super::clock::describe_if_moved;
use super::json_answer::json_answer;
use crate::app::App;
use crate::rfc3339::rfc3339;

/// What a probe is told.
#[derive(Debug, Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    profile: &'static str,
    storage: String,
    /// The server's idea of now.
    clock: String,
    /// How that clock was moved; absent while it shows the machine's time.
    #[serde(skip_serializing_if = "Option::is_none")]
    clock_note: Option<String>,
    /// Left out when the store cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    messages: Option<Messages>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// How many messages did not leave, each up to 1000.
#[derive(Debug, Serialize)]
struct Messages {
    retrying: usize,
    given_up: usize,
}

/// 200 when the store can be read, else 503 with the reason, which names a damaged file.
pub(super) async fn health(State(app): State<Arc<App>>) -> Response {
    let service = &app.service;
    let problem = service.check_health().await.err();
    let messages = match problem {
        None => service.count_failed_messages().await.ok(),
        Some(_) => None,
    };
    let (status, text) = match problem {
        None => (StatusCode::OK, "ok"),
        Some(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
    };
    let health = Health {
        status: text,
        version: env!("CARGO_PKG_VERSION"),
        profile: if app.settings.is_dev {
            "dev"
        } else {
            "production"
        },
        storage: service.describe_storage(),
        clock: rfc3339(service.now()),
        clock_note: describe_if_moved(&app),
        messages: messages.map(|failed| Messages {
            retrying: failed.retrying,
            given_up: failed.given_up,
        }),
        problem: problem.map(|error| error.to_string()),
    };
    json_answer(status, &health)
}
