//! The issuer's documents: discovery and keys.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};
use poolhouse_model::UserPoolId;
use poolhouse_service::ServiceError;

use super::error_table::Failure;
use super::json_answer::failure;
use crate::app::App;
use crate::context::RequestContext;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// How long the documents may be kept.
/// Inferred: the service documents no age; a day is often reported, an hour is safer.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// In the dev profile a pool of a fixed id can be made anew, with new keys, at any time.
const PUBLIC_IN_DEV: HeaderValue = HeaderValue::from_static("public, max-age=0, must-revalidate");

/// `/{pool_id}/.well-known/openid-configuration`
/// Source: OpenID Connect Discovery 1.0 section 4.
pub(super) async fn openid_configuration(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
    Path(pool_id): Path<String>,
) -> Response {
    let document = app.service.discovery(&UserPoolId::new(pool_id)).await;
    answer(
        &app,
        &context,
        document.map(|json| Body::from(Bytes::from_owner(json))),
    )
}

/// `/{pool_id}/.well-known/jwks.json`
/// Source: RFC 7517 section 5; AWS page "Verifying JSON web tokens".
pub(super) async fn jwks(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
    Path(pool_id): Path<String>,
) -> Response {
    let keys = app.service.jwk_set(&UserPoolId::new(pool_id)).await;
    let keys = keys.map(|keys| Body::from(keys.to_string()));
    answer(&app, &context, keys)
}

fn answer(app: &App, context: &RequestContext, body: Result<Body, ServiceError>) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(ServiceError::UserPoolNotFound(pool_id)) => return not_found(&pool_id),
        Err(error) => {
            context.report.failed(&error);
            tracing::error!(request.id = %context.request_id, %error,
                "a document of the issuer could not be made");
            return failure(&Failure::from(&error));
        }
    };
    let mut response = Response::new(body);
    let age = if app.settings.is_dev {
        PUBLIC_IN_DEV
    } else {
        PUBLIC
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, JSON);
    headers.insert(header::CACHE_CONTROL, age);
    response
}

/// Inferred: status and text; the JSON API's error for an unknown pool has the same words.
fn not_found(pool_id: &UserPoolId) -> Response {
    let message = format!("User pool {pool_id} does not exist.");
    let body = serde_json::json!({ "message": message }).to_string();
    let mut response = (StatusCode::NOT_FOUND, body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    response
}
