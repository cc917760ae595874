//! Stylesheet and logo that the owner of a pool has set for its pages.
//!
//! Each has a path of its own with the fingerprint of its bytes, so that a copy is good for ever and
//! a change is seen at once. The pages allow no style that stands in them, so neither does this.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};
use poolhouse_model::{ClientId, Logo, LogoFormat, UserPoolId};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::ServiceError;
use poolhouse_templates::Branding as BrandingPaths;

use super::FOR_EVER;
use super::explanation::find_client;
use crate::app::App;
use crate::branding_paths;
use crate::context::RequestContext;

const CSS: HeaderValue = HeaderValue::from_static("text/css; charset=utf-8");

/// How the pages of a client look, for a page of them.
/// # Errors
/// [`ServiceError::Storage`].
pub(super) async fn of_client(
    app: &App,
    pool_id: &UserPoolId,
    client_id: &ClientId,
) -> Result<Option<BrandingPaths>, ServiceError> {
    let branding = app.service.branding(pool_id, client_id).await?;
    Ok(branding.map(|branding| branding_paths::of(pool_id, &branding)))
}

/// As [`of_client`], for a page that can do without: of the client that a query names.
pub(super) async fn of_query(
    app: &App,
    host_pool: Option<&UserPoolId>,
    query: &Parameters,
) -> Option<BrandingPaths> {
    let client = find_client(app, host_pool, query).await?;
    of_client(app, &client.pool_id, &client.id).await.ok()?
}

/// Serves the stylesheet in force; the path of another is not found.
pub(super) async fn stylesheet(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
    Path((pool_id, client_id, fingerprint)): Path<(String, String, String)>,
) -> Response {
    let (pool_id, client_id) = (UserPoolId::new(pool_id), ClientId::new(client_id));
    let found = app
        .service
        .branding_stylesheet(&pool_id, &client_id, &fingerprint)
        .await;
    answer(&context, found, |css| (CSS, Body::from(css)))
}

/// Serves the logo in force; the path of another is not found.
pub(super) async fn logo(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
    Path((pool_id, client_id, fingerprint, name)): Path<(String, String, String, String)>,
) -> Response {
    let (pool_id, client_id) = (UserPoolId::new(pool_id), ClientId::new(client_id));
    let found = app
        .service
        .branding_logo(&pool_id, &client_id, &fingerprint)
        .await;
    let found =
        found.map(|logo| logo.filter(|logo| branding_paths::logo_name(logo.format) == name));
    answer(&context, found, |logo: Logo| {
        (logo_type(logo.format), Body::from(logo.bytes))
    })
}

fn answer<T>(
    context: &RequestContext,
    found: Result<Option<T>, ServiceError>,
    file: impl FnOnce(T) -> (HeaderValue, Body),
) -> Response {
    let (content_type, body) = match found {
        Ok(Some(found)) => file(found),
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            context.report.failed(&error);
            tracing::error!(request.id = %context.request_id, %error,
                "a file of a page's look could not be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    response
}

fn logo_type(format: LogoFormat) -> HeaderValue {
    match format {
        LogoFormat::Png => HeaderValue::from_static("image/png"),
        LogoFormat::Jpeg => HeaderValue::from_static("image/jpeg"),
    }
}
