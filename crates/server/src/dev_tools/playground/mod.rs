//! `/_poolhouse/playground`: the sign-in flow step by step, on a page that sends the requests an
//! application would send. The page's modules do the work; this door gives them what only the
//! server knows.

mod clients;
mod error_words;
mod files;
mod page;
mod policy;
mod register;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;

use crate::app::App;

/// Where the page is.
const PAGE: &str = "/_poolhouse/playground";

/// Where browsers come back to the page after a sign-in or a sign-out.
pub(super) const RETURN: &str = "/_poolhouse/playground/callback";

/// The routes of the playground. Only its files are compressed: an answer may hold a secret
/// beside what the request chose.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(PAGE, get(page::show))
        .route(RETURN, get(page::show))
        .route("/_poolhouse/playground/clients", get(clients::list))
        .route(
            "/_poolhouse/playground/clients/{client_id}",
            get(clients::show),
        )
        .route("/_poolhouse/playground/errors", get(error_words::find))
        .route("/_poolhouse/playground/register", post(register::register))
        .route(
            "/_poolhouse/playground/files/{fingerprint}/{name}",
            get(files::serve).layer(CompressionLayer::new()),
        )
}

/// The address that browsers come back to, as clients register it.
fn return_address(app: &App) -> String {
    format!("{}{RETURN}", app.service.settings().public_url)
}
