//! What is at `/` for a browser, and at every path that is nothing.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http::{HeaderMap, StatusCode, header};

use crate::app::App;
use crate::hosted_ui::redirect;
use crate::security_headers::put_security_headers;

/// Where the dev profile's start page is.
const START_PAGE: &str = "/_poolhouse/";

/// The routes of this door.
pub(crate) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/", get(show))
        .fallback(nothing)
        .layer(from_fn_with_state(Arc::clone(app), put_security_headers))
}

/// Leads a browser to the start page, and tells a program where the API is.
async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let accept = headers.get(header::ACCEPT);
    let accept = accept.and_then(|accept| accept.to_str().ok());
    let is_browser = accept.is_some_and(|accept| accept.contains("text/html"));
    if is_browser && app.settings.is_dev {
        return redirect(START_PAGE);
    }
    "Poolhouse. The JSON API is POST / with X-Amz-Target; health is at /_poolhouse/health.\n"
        .into_response()
}

async fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "Nothing is here.\n").into_response()
}
