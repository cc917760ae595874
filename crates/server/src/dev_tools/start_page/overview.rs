//! `GET /_poolhouse/`: pools, clients, and where to sign in.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use poolhouse_model::{AppClient, UserPool};
use poolhouse_service::ServiceError;
use poolhouse_templates::{ClientOnPage, PoolOnPage, SignInLink, StartPage};

use super::clock::describe_if_moved;
use crate::app::App;
use crate::context::RequestContext;
use crate::hosted_ui::{SignInAddress, fail, redirect, render, sign_in_addresses};

/// Clients of a pool that are shown.
const SHOWN_CLIENTS: u32 = 60;

/// Shows the pools of the default region.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Extension(context): Extension<RequestContext>,
) -> Response {
    match page(&app).await {
        Ok(page) => render(StatusCode::OK, &page),
        Err(error) => fail(&context, &error),
    }
}

/// Mends the page's address.
pub(super) async fn add_slash() -> Response {
    redirect("/_poolhouse/")
}

async fn page(app: &App) -> Result<StartPage, ServiceError> {
    let mut pools = Vec::new();
    for pool in app.service.list_pools_of_region().await? {
        pools.push(describe_pool(app, pool).await?);
    }
    Ok(StartPage {
        version: env!("CARGO_PKG_VERSION"),
        storage: app.service.describe_storage(),
        clock: describe_if_moved(app),
        public_url: app.service.settings().public_url.clone(),
        pools,
    })
}

async fn describe_pool(app: &App, pool: UserPool) -> Result<PoolOnPage, ServiceError> {
    let service = &app.service;
    let clients = service
        .list_user_pool_clients(&pool.id, SHOWN_CLIENTS, None)
        .await?;
    let domains = service.list_domains(&pool.id).await?;
    Ok(PoolOnPage {
        issuer: service.settings().issuer(&pool.id),
        id: pool.id.as_str().to_owned(),
        name: pool.name,
        domains: domains.into_iter().map(|domain| domain.domain).collect(),
        clients: clients.clients.into_iter().map(describe_client).collect(),
        has_more_clients: clients.next_token.is_some(),
    })
}

fn describe_client(client: AppClient) -> ClientOnPage {
    ClientOnPage {
        sign_in_links: sign_in_links(&client),
        id: client.id.as_str().to_owned(),
        name: client.name,
        is_confidential: client.sealed_secret.is_some(),
    }
}

/// One link for each redirect URI.
fn sign_in_links(client: &AppClient) -> Vec<SignInLink> {
    let addresses = sign_in_addresses(client).into_iter();
    let link = |address: SignInAddress| SignInLink {
        href: address.path,
        redirect_uri: address.redirect_uri,
    };
    addresses.map(link).collect()
}
