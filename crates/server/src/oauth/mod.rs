//! The OAuth and OpenID Connect endpoints that programs call: tokens, user info, revocation and the
//! issuer's documents. The authorization endpoint, which browsers come to, is with the pages.

mod cors;
mod error_table;
mod form_request;
mod json_answer;
mod revoke;
mod token;
mod user_info;
mod well_known;

pub(crate) use error_table::{Destination, Failure, destination};
pub(crate) use form_request::FormRequest;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::app::App;
use crate::body;
use crate::cors::allow_all_origins;
use crate::security_headers::put_security_headers;
use crate::store_lease;

/// The routes of this door.
pub(crate) fn router(app: &Arc<App>) -> Router<Arc<App>> {
    let endpoints = Router::new()
        .route("/oauth2/token", post(token::token))
        .route("/oauth2/revoke", post(revoke::revoke))
        .route(
            "/oauth2/userInfo",
            get(user_info::user_info).post(user_info::user_info),
        );
    let documents = Router::new()
        .route(
            "/{pool_id}/.well-known/openid-configuration",
            get(well_known::openid_configuration),
        )
        .route("/{pool_id}/.well-known/jwks.json", get(well_known::jwks));
    endpoints
        .merge(documents)
        .layer(from_fn_with_state(Arc::clone(app), store_lease::hold))
        .layer(from_fn_with_state(Arc::clone(app), body::bound))
        .layer(from_fn_with_state(
            Arc::new(cors::policy()),
            allow_all_origins,
        ))
        .layer(from_fn_with_state(Arc::clone(app), put_security_headers))
}
