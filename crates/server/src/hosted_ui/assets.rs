//! Stylesheet and icon.

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, Uri, header};
use poolhouse_templates::assets;

use super::FOR_EVER;

/// Serves the asset of this version; another version's path is not found.
pub(super) async fn serve(uri: Uri) -> Response {
    let asset = assets::ALL
        .iter()
        .find(|asset| asset.path.to_string() == uri.path());
    let Some(asset) = asset else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Response::new(Body::from(asset.bytes));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(asset.content_type),
    );
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    response
}
