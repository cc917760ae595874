//! Requests and what replaces the store, kept apart.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::app::App;

/// Answers a request while the store is not replaced under it; only the dev profile has what
/// replaces it. It stands inside of what reads the body: who sends slowly must not hold up others.
pub(crate) async fn hold(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if !app.settings.is_dev {
        return next.run(request).await;
    }
    let lease = app.service.lease_store().await;
    let response = next.run(request).await;
    drop(lease);
    response
}
