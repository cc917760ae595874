//! The doors behind one listener.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::app::App;
use crate::{aws_json, dev_tools, host, hosted_ui, oauth, root};

/// Puts the doors together, behind the host check and the request id; each door bounds its bodies
/// inside of what it puts on every answer.
pub fn router(app: Arc<App>) -> Router {
    aws_json::router(&app)
        .merge(oauth::router(&app))
        .merge(hosted_ui::router(&app))
        .merge(dev_tools::router(&app))
        .merge(root::router(&app))
        .layer(from_fn_with_state(Arc::clone(&app), host::admit))
        .with_state(app)
}
