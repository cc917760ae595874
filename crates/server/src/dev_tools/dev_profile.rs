//! What only the dev profile has.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;

use crate::app::App;

/// Lets a request through in the dev profile; elsewhere the path does not exist.
pub(super) async fn require(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if app.settings.is_dev {
        next.run(request).await
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}
