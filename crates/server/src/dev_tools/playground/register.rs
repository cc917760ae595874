//! `POST /_poolhouse/playground/register`: lets a client send browsers back to the page.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use poolhouse_api_model::Operation;
use poolhouse_model::ClientId;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::ServiceError;

use super::{PAGE, return_address};
use crate::app::App;
use crate::aws_json::administrator_text;
use crate::hosted_ui::{Cookies, csrf, fail, redirect};
use crate::oauth::FormRequest;

/// Adds the page's address to the callback and logout URLs of the client that the form names.
pub(super) async fn register(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let Ok(form) = &request.form else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if !csrf::check(
        &request.context,
        &request.headers,
        &Cookies::of_developers_pages(&app),
        form,
    ) {
        let text = "The form did not come from this browser's page. Load the page again.\n";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    let client_id = form.sole("client_id").unwrap_or_default();
    match add(&app, &ClientId::new(client_id)).await {
        Ok(()) => {
            let query = Parameters::default().with("client_id", client_id);
            redirect(&format!("{PAGE}?{}", query.encode()))
        }
        Err(error @ (ServiceError::AppClientNotFound(_) | ServiceError::InvalidInput(_))) => {
            let text = administrator_text(Operation::UpdateUserPoolClient, &error);
            (StatusCode::BAD_REQUEST, format!("{text}\n")).into_response()
        }
        Err(error) => fail(&request.context, &error),
    }
}

async fn add(app: &App, client_id: &ClientId) -> Result<(), ServiceError> {
    let (pool, _) = app.service.client(client_id).await?;
    let address = return_address(app);
    let added = app
        .service
        .add_redirect_address(&pool.id, client_id, &address);
    added.await.map(drop)
}
