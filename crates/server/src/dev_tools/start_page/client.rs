//! `/_poolhouse/pools/{pool_id}/clients/{client_id}`: an app client, and what its app needs.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use poolhouse_model::{ClientId, UserPoolId};
use poolhouse_service::ServiceError;
use poolhouse_templates::ClientPage;

use super::overview::sign_in_links;
use super::visit::{Visit, crumb};
use super::{client_words, paths, snippets};
use crate::app::App;
use crate::oauth::FormRequest;

/// Shows a client.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path((pool_id, client_id)): Path<(String, String)>,
    request: FormRequest,
) -> Response {
    let visit = Visit::of(&app, &request);
    let (pool_id, client_id) = (UserPoolId::new(pool_id), ClientId::new(client_id));
    match page(&visit, &pool_id, &client_id).await {
        Ok(page) => visit.answer(StatusCode::OK, &page),
        Err(error) => visit.answer_error(&error),
    }
}

async fn page(
    visit: &Visit<'_>,
    pool_id: &UserPoolId,
    client_id: &ClientId,
) -> Result<ClientPage, ServiceError> {
    let service = &visit.app.service;
    let pool = service.describe_user_pool(pool_id).await?.pool;
    let described = service
        .describe_user_pool_client(pool_id, client_id)
        .await?;
    let client = &described.client;
    Ok(ClientPage {
        frame: visit.frame(vec![crumb(&pool.name, &paths::pool(pool_id.as_str()))]),
        id: client.id.as_str().to_owned(),
        name: client.name.clone(),
        is_confidential: described.secret.is_some(),
        sign_in_links: sign_in_links(client),
        settings: client_words::of(&client.settings),
        snippets: snippets::of(service.settings(), client),
    })
}
