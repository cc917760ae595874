//! Poolhouse's own addition under `/_poolhouse/`: health, and for the dev profile a start page, the
//! inbox, the playground, an address that shows authorization responses, and tools for test suites:
//! the clock, reset and snapshots.

mod accept;
mod arguments;
mod callback;
mod clock;
mod dev_profile;
mod duration;
mod health;
mod inbox;
mod json_answer;
mod playground;
mod same_site;
mod seed;
mod start_page;
mod whole_store;

pub(crate) use whole_store::told as whole_store_told;

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use poolhouse_service::OwnPaths;

use crate::app::App;
use crate::body;
use crate::security_headers::put_security_headers;
use crate::store_lease;

/// Where this door receives what browsers bring back.
pub const OWN_PATHS: OwnPaths = OwnPaths {
    callback: callback::CALLBACK_PATH,
    playground: playground::RETURN,
};

/// The routes of this door.
pub(crate) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    let snapshots = post(whole_store::take)
        .get(whole_store::list)
        .delete(whole_store::delete);
    let clock = get(clock::show)
        .post(clock::change)
        .delete(clock::put_right);
    // Who waits for a message, or replaces the store, must not hold a lease on it.
    let without_lease = Router::new()
        .route("/_poolhouse/inbox", get(inbox::list).delete(inbox::delete))
        .route("/_poolhouse/inbox/empty", post(inbox::empty))
        .route("/_poolhouse/reset", post(whole_store::reset))
        .route("/_poolhouse/snapshot", snapshots)
        .route("/_poolhouse/restore", post(whole_store::restore))
        .route("/_poolhouse/clock", clock);
    start_page::routes()
        .route("/_poolhouse/callback/{client_id}", get(callback::show))
        .route("/_poolhouse/seed", post(seed::seed))
        .merge(playground::routes())
        .layer(from_fn_with_state(Arc::clone(app), store_lease::hold))
        .merge(without_lease)
        .layer(from_fn_with_state(Arc::clone(app), dev_profile::require))
        .route("/_poolhouse/health", get(health::health))
        .layer(from_fn_with_state(Arc::clone(app), body::bound))
        .layer(from_fn(same_site::refuse_other_sites))
        .layer(from_fn_with_state(Arc::clone(app), put_security_headers))
}
