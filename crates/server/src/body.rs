//! Bounds on the size of a body and the time it may take.

use std::sync::Arc;

use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http_body_util::{BodyExt as _, Limited};

use crate::app::App;

/// Reads the whole body before a door sees the request; refuses one that is too long or too slow.
pub(crate) async fn bound(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let limits = &app.settings.limits;
    let (head, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(head, body)).await;
    }
    let too_long = || (StatusCode::PAYLOAD_TOO_LARGE, "The body is too long.\n").into_response();
    if body.size_hint().lower() > limits.max_body_bytes as u64 {
        return too_long();
    }
    let collect = Limited::new(body, limits.max_body_bytes).collect();
    match tokio::time::timeout(limits.body_timeout, collect).await {
        Ok(Ok(collected)) => {
            let body = Body::from(collected.to_bytes());
            next.run(Request::from_parts(head, body)).await
        }
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => too_long(),
        Ok(Err(_)) => StatusCode::BAD_REQUEST.into_response(),
        Err(_) => (
            StatusCode::REQUEST_TIMEOUT,
            "The body did not arrive in time.\n",
        )
            .into_response(),
    }
}
