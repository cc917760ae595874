//! `AdminEnableUser`

use poolhouse_api_model::operations::{AdminEnableUserRequest, AdminEnableUserResponse};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("UserPoolId", Member::Obeyed), ("Username", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminEnableUserResponse, CallError> {
    let input: AdminEnableUserRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let name = input.username.expose();
    call.service().admin_enable_user(&pool_id, name).await?;
    Ok(AdminEnableUserResponse {})
}
