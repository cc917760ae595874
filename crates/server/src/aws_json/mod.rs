//! The JSON API door: `POST /` with `X-Amz-Target`.

mod api_error;
mod call;
pub mod compatibility;
mod cors;
mod credentials;
mod door;
mod error_table;
mod front;
mod operations;
mod wire;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::post;
use poolhouse_api_model::Operation;
use poolhouse_service::ServiceError;

use crate::app::App;
use crate::body;
use crate::cors::allow_all_origins;
use crate::store_lease;

/// The text that outsiders are told of a failed sign-in: the pages say what the API says.
pub(crate) fn sign_in_text(error: &ServiceError) -> String {
    let (_, text) = error_table::answer(Operation::InitiateAuth, error);
    text
}

/// The route of the JSON API, with CORS outside everything that can fail.
pub(crate) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/", post(front::answer).options(front::answer))
        .layer(from_fn_with_state(Arc::clone(app), store_lease::hold))
        .layer(from_fn_with_state(Arc::clone(app), body::bound))
        .layer(from_fn_with_state(
            Arc::new(cors::policy()),
            allow_all_origins,
        ))
}
