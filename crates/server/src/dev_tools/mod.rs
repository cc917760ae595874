//! Poolhouse's own addition under `/_poolhouse/`: health, and for the dev profile a start page, the
//! inbox, and an address that shows authorization responses.

mod accept;
mod callback;
mod dev_profile;
mod health;
mod inbox;
mod json_answer;
mod rfc3339;
mod same_site;
mod start_page;

pub use callback::CALLBACK_PATH;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::app::App;
use crate::body;
use crate::security_headers::put_security_headers;

/// The routes of this door.
pub(crate) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/_poolhouse", get(start_page::add_slash))
        .route("/_poolhouse/", get(start_page::show))
        .route("/_poolhouse/callback/{client_id}", get(callback::show))
        .route("/_poolhouse/inbox", get(inbox::list).delete(inbox::delete))
        .route("/_poolhouse/inbox/empty", post(inbox::empty))
        .layer(from_fn_with_state(Arc::clone(app), dev_profile::require))
        .route("/_poolhouse/health", get(health::health))
        .layer(from_fn_with_state(Arc::clone(app), body::bound))
        .layer(from_fn(same_site::refuse_other_sites))
        .layer(from_fn_with_state(Arc::clone(app), put_security_headers))
}
