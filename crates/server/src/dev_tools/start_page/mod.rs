//! The start page of the dev profile and the pages that it leads to: pools, clients, users, and
//! what was asked of the server lately.
//!
//! The pages are made on the server and need no script. What they show they read by the use cases
//! of the service; what they change they change by the operations of the JSON API (`forms/`).

mod api_call;
mod aws_cli;
mod client;
mod client_words;
mod events;
mod forms;
mod overview;
mod paths;
mod pool;
mod pool_words;
mod shell;
mod snippets;
mod user;
mod user_search;
mod visit;

pub(super) use visit::Visit;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::app::App;

/// The routes of the pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/_poolhouse", get(overview::add_slash))
        .route(paths::START, get(overview::show))
        .route(paths::EVENTS, get(events::list))
        .route("/_poolhouse/events/{request_id}", get(events::show))
        .route("/_poolhouse/pools/{pool_id}", get(pool::show))
        .route(
            "/_poolhouse/new-pool",
            get(forms::of_server).post(forms::submit_of_server),
        )
        .route(
            "/_poolhouse/pools/{pool_id}/{form}",
            get(forms::of_pool).post(forms::submit_of_pool),
        )
        .route(
            "/_poolhouse/pools/{pool_id}/clients/{client_id}",
            get(client::show),
        )
        .route("/_poolhouse/pools/{pool_id}/user", get(user::show))
}
