//! `AdminListGroupsForUser`

use poolhouse_api_model::operations::{
    AdminListGroupsForUserRequest, AdminListGroupsForUserResponse,
};
use poolhouse_model::UserPoolId;
use poolhouse_service::PageToken;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{group, page_limit};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("Username", Member::Obeyed),
        ("UserPoolId", Member::Obeyed),
        ("Limit", Member::Obeyed),
        ("NextToken", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminListGroupsForUserResponse, CallError> {
    let input: AdminListGroupsForUserRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let username = input.username.expose();
    let token = input.next_token.map(PageToken);
    let page = call
        .service()
        .admin_list_groups_for_user(&pool_id, username, page_limit(input.limit), token.as_ref())
        .await?;
    Ok(AdminListGroupsForUserResponse {
        groups: Some(page.groups.iter().map(group::to_wire).collect()),
        next_token: page.next_token.map(|token| token.0),
    })
}
