//! The OAuth and OpenID Connect doors: authorization, tokens, user info, revocation, documents.

mod authorize;
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
use crate::cors::allow_all_origins;
use crate::{body, hosted_ui};

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
    let authorize = get(authorize::authorize).post(authorize::authorize);
    let pages = Router::new()
        .route("/oauth2/authorize", authorize.clone())
        .route("/authorize", authorize);
    let bound = || from_fn_with_state(Arc::clone(app), body::bound);
    endpoints
        .merge(documents)
        .layer(bound())
        .layer(from_fn_with_state(
            Arc::new(cors::policy()),
            allow_all_origins,
        ))
        .merge(pages.layer(bound()))
        .layer(from_fn_with_state(
            Arc::clone(app),
            hosted_ui::put_security_headers,
        ))
}
