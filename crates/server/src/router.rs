//! The doors behind one listener.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::app::App;
use crate::{aws_json, body, dev_tools, hosted_ui, host, oauth};

/// Puts the doors together: host check and request id outside, then the bounds on bodies.
pub fn router(app: Arc<App>) -> Router {
    let pages = oauth::router(&app)
        .merge(hosted_ui::router(&app))
        .merge(dev_tools::router(&app))
        .layer(from_fn_with_state(Arc::clone(&app), body::bound));
    aws_json::router(&app)
        .merge(pages)
        .layer(from_fn_with_state(Arc::clone(&app), host::admit))
        .with_state(app)
}
