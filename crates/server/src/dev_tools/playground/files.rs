//! The modules and the stylesheet of the page.

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, Uri, header};
use poolhouse_templates::playground_assets;

use crate::hosted_ui::FOR_EVER;

/// Serves a file of this version; another version's path is not found.
pub(super) async fn serve(uri: Uri) -> Response {
    let Some(file) = playground_assets::find(uri.path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = Response::new(Body::from(file.bytes));
    let headers = response.headers_mut();
    let content_type = HeaderValue::from_static(file.content_type());
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    response
}
