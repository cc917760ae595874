//! `ListUsersInGroup`

use poolhouse_api_model::operations::{ListUsersInGroupRequest, ListUsersInGroupResponse};
use poolhouse_model::{GroupName, UserPoolId};
use poolhouse_service::PageToken;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{page_limit, user};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("GroupName", Member::Obeyed),
        ("Limit", Member::Obeyed),
        ("NextToken", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<ListUsersInGroupResponse, CallError> {
    let input: ListUsersInGroupRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let name = GroupName::new(input.group_name);
    let token = input.next_token.map(PageToken);
    let page = call
        .service()
        .list_users_in_group(&pool_id, &name, page_limit(input.limit), token.as_ref())
        .await?;
    Ok(ListUsersInGroupResponse {
        users: Some(page.users.iter().map(user::user_type).collect()),
        next_token: page.next_token.map(|token| token.0),
    })
}
