//! `/_poolhouse/pools/{pool_id}`: a pool's clients, users, groups and settings.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use poolhouse_model::{Group, UserPoolId};
use poolhouse_service::ServiceError;
use poolhouse_templates::{GroupOnPage, PoolPage};

use super::user_search::search;
use super::visit::Visit;
use super::{overview, pool_words};
use crate::app::App;
use crate::oauth::FormRequest;

/// Groups that are shown.
pub(super) const SHOWN_GROUPS: u32 = 60;

/// Shows a pool.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(pool_id): Path<String>,
    request: FormRequest,
) -> Response {
    let visit = Visit::of(&app, &request);
    match page(&visit, &UserPoolId::new(pool_id)).await {
        Ok((status, page)) => visit.answer(status, &page),
        Err(error) => visit.answer_error(&error),
    }
}

async fn page(
    visit: &Visit<'_>,
    pool_id: &UserPoolId,
) -> Result<(StatusCode, PoolPage), ServiceError> {
    let service = &visit.app.service;
    let described = service.describe_user_pool(pool_id).await?;
    let pool = &described.pool;
    let groups = service.list_groups(pool_id, SHOWN_GROUPS, None).await?;
    let found = search(visit, pool).await?;
    let status = match found.search.problem {
        Some(_) => StatusCode::BAD_REQUEST,
        None => StatusCode::OK,
    };
    let page = PoolPage {
        frame: visit.frame(Vec::new()),
        pool: overview::describe_pool(visit.app, pool).await?,
        user_count: described.user_count,
        settings: pool_words::of(&pool.settings),
        groups: groups.groups.into_iter().map(on_page).collect(),
        has_more_groups: groups.next_token.is_some(),
        search: found.search,
        users: found.users,
        next_page: found.next_page,
    };
    Ok((status, page))
}

fn on_page(group: Group) -> GroupOnPage {
    GroupOnPage {
        name: group.name.as_str().to_owned(),
        description: group.description.filter(|text| !text.is_empty()),
        precedence: group.precedence,
    }
}
