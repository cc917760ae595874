//! `GET /_poolhouse/playground/clients`: what the page lets a developer choose from.
//!
//! The secret of a confidential client is among it, because the page makes the exchange that needs
//! it. That gives nothing away: in the dev profile whoever reaches the server reads the same by
//! `DescribeUserPoolClient` with any credentials, and pages of other sites reach neither. The page
//! covers it until it is asked for, so that it is not in every screenshot.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use poolhouse_model::{ClientId, UserPool};
use poolhouse_service::ServiceError;
use serde::Serialize;
use serde_json::Value;

use super::return_address;
use crate::app::App;
use crate::aws_json::described_client;
use crate::context::RequestContext;
use crate::dev_tools::json_answer::{json_answer, json_refusal};
use crate::hosted_ui::fail;

/// Clients of a pool that are listed; any other is found by its id.
const LISTED_CLIENTS: u32 = 60;

/// Every pool of the default region.
#[derive(Debug, Serialize)]
struct Choice {
    public_url: String,
    return_address: String,
    pools: Vec<PoolChoice>,
}

#[derive(Debug, Serialize)]
struct PoolChoice {
    id: String,
    name: String,
    clients: Vec<ClientChoice>,
    has_more_clients: bool,
}

#[derive(Debug, Serialize)]
struct ClientChoice {
    id: String,
    name: String,
    is_confidential: bool,
}

/// One client, with all that its requests are made of.
#[derive(Debug, Serialize)]
struct Chosen {
    pool_id: String,
    pool_name: String,
    region: String,
    issuer: String,
    domains: Vec<String>,
    /// As `DescribeUserPoolClient` answers it.
    client: Value,
    is_return_address_registered: bool,
}

/// Lists pools and clients.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
) -> Response {
    match choice(&app).await {
        Ok(choice) => json_answer(StatusCode::OK, &choice),
        Err(error) => fail(&context, &error),
    }
}

/// Describes a client.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
    Path(client_id): Path<String>,
) -> Response {
    match chosen(&app, ClientId::new(client_id)).await {
        Ok(chosen) => json_answer(StatusCode::OK, &chosen),
        Err(ServiceError::AppClientNotFound(_)) => {
            json_refusal(StatusCode::NOT_FOUND, "There is no app client of that id.")
        }
        Err(error) => fail(&context, &error),
    }
}

async fn choice(app: &App) -> Result<Choice, ServiceError> {
    let mut pools = Vec::new();
    for pool in app.service.list_pools_of_region().await? {
        pools.push(pool_choice(app, pool).await?);
    }
    Ok(Choice {
        public_url: app.service.settings().public_url.clone(),
        return_address: return_address(app),
        pools,
    })
}

async fn pool_choice(app: &App, pool: UserPool) -> Result<PoolChoice, ServiceError> {
    let page = app
        .service
        .list_user_pool_clients(&pool.id, LISTED_CLIENTS, None)
        .await?;
    let clients = page.clients.into_iter().map(|client| ClientChoice {
        id: client.id.as_str().to_owned(),
        is_confidential: client.sealed_secret.is_some(),
        name: client.name,
    });
    Ok(PoolChoice {
        id: pool.id.as_str().to_owned(),
        name: pool.name,
        clients: clients.collect(),
        has_more_clients: page.next_token.is_some(),
    })
}

async fn chosen(app: &App, client_id: ClientId) -> Result<Chosen, ServiceError> {
    let service = &app.service;
    let (pool, _) = service.client(&client_id).await?;
    let described = service
        .describe_user_pool_client(&pool.id, &client_id)
        .await?;
    let domains = service.list_domains(&pool.id).await?;
    let own = return_address(app);
    let is_registered = described.client.settings.callback_urls.contains(&own);
    Ok(Chosen {
        pool_id: pool.id.as_str().to_owned(),
        pool_name: pool.name.clone(),
        region: pool.id.region().to_string(),
        issuer: service.settings().issuer(&pool.id),
        domains: domains.into_iter().map(|domain| domain.domain).collect(),
        client: described_client(&described)?,
        is_return_address_registered: is_registered,
    })
}
