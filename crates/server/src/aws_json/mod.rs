//! The JSON API door: `POST /` with `X-Amz-Target`.

use std::sync::Arc;

use axum::Router;

use crate::app::App;

pub(crate) fn router(_app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
}

/// Compatibility.
pub mod compatibility {}
