//! The page itself, the same wherever it is opened: its modules read the address.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use poolhouse_templates::PlaygroundPage;

use super::policy::PLAYGROUND_POLICY;
use crate::app::App;
use crate::hosted_ui::{Cookies, csrf, render};

/// Shows the page.
pub(super) async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let cookies = Cookies::of_developers_pages(&app);
    let csrf_token = csrf::token_of(&headers, &cookies, app.service.rng());
    let cookie = cookies.set_csrf(&csrf_token);
    let public_url = app.service.settings().public_url.clone();
    let mut response = render(
        StatusCode::OK,
        &PlaygroundPage {
            public_url,
            csrf_token,
        },
    );
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, PLAYGROUND_POLICY);
    if let Some(cookie) = cookie {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}
