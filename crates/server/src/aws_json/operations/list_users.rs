//! `ListUsers`

use poolhouse_api_model::operations::{ListUsersRequest, ListUsersResponse};
use poolhouse_model::UserPoolId;
use poolhouse_service::{ListUsers, PageToken};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::user;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("AttributesToGet", Member::Obeyed),
        ("Limit", Member::Obeyed),
        ("PaginationToken", Member::Obeyed),
        ("Filter", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<ListUsersResponse, CallError> {
    let input: ListUsersRequest = call.input()?;
    let limit = input.limit.and_then(|limit| u32::try_from(limit).ok());
    let page = call
        .service()
        .list_users(ListUsers {
            pool_id: UserPoolId::new(input.user_pool_id),
            filter: input.filter.unwrap_or_default(),
            attributes: input.attributes_to_get,
            limit: limit.unwrap_or(0),
            page: input.pagination_token.map(PageToken),
        })
        .await?;
    Ok(ListUsersResponse {
        users: Some(page.users.iter().map(user::on_page).collect()),
        pagination_token: page.next_token.map(|token| token.0),
    })
}
