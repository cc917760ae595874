//! `GET /_poolhouse/`: pools, clients, where to sign in, and what happened lately.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use poolhouse_model::{AppClient, UserPool};
use poolhouse_service::ServiceError;
use poolhouse_templates::{ClientOnPage, PoolOnPage, SignInLink, StartFrame, StartPage};

use super::super::clock::describe_if_moved;
use super::visit::Visit;
use super::{events, paths};
use crate::app::App;
use crate::hosted_ui::{SignInAddress, redirect, sign_in_addresses};
use crate::oauth::FormRequest;

/// Clients of a pool that are shown.
const SHOWN_CLIENTS: u32 = 60;

/// Events that are shown.
const SHOWN_EVENTS: usize = 5;

/// Shows the pools of the default region.
pub(super) async fn show(State(app): State<Arc<App>>, request: FormRequest) -> Response {
    let visit = Visit::of(&app, &request);
    match page(&app).await {
        Ok(page) => visit.answer(StatusCode::OK, &page),
        Err(error) => visit.answer_error(&error),
    }
}

/// Mends the page's address.
pub(super) async fn add_slash() -> Response {
    redirect(paths::START)
}

async fn page(app: &App) -> Result<StartPage, ServiceError> {
    let mut pools = Vec::new();
    for pool in app.service.list_pools_of_region().await? {
        pools.push(describe_pool(app, &pool).await?);
    }
    Ok(StartPage {
        frame: StartFrame {
            crumbs: Vec::new(),
            done: None,
        },
        version: env!("CARGO_PKG_VERSION"),
        storage: app.service.describe_storage(),
        clock: describe_if_moved(app),
        public_url: app.service.settings().public_url.clone(),
        pools,
        events: events::latest(app, SHOWN_EVENTS),
    })
}

/// A pool with its domains and clients.
/// # Errors
/// Those of the store.
pub(super) async fn describe_pool(app: &App, pool: &UserPool) -> Result<PoolOnPage, ServiceError> {
    let service = &app.service;
    let clients = service
        .list_user_pool_clients(&pool.id, SHOWN_CLIENTS, None)
        .await?;
    let domains = service.list_domains(&pool.id).await?;
    Ok(PoolOnPage {
        issuer: service.settings().issuer(&pool.id),
        id: pool.id.as_str().to_owned(),
        name: pool.name.clone(),
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
pub(super) fn sign_in_links(client: &AppClient) -> Vec<SignInLink> {
    let addresses = sign_in_addresses(client).into_iter();
    let link = |address: SignInAddress| SignInLink {
        href: address.path,
        redirect_uri: address.redirect_uri,
    };
    addresses.map(link).collect()
}
