//! `AdminGetUser`

use poolhouse_api_model::operations::{AdminGetUserRequest, AdminGetUserResponse};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{instant, mfa, user, user_status};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("UserPoolId", Member::Obeyed), ("Username", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminGetUserResponse, CallError> {
    let input: AdminGetUserRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let name = input.username.expose();
    let user = call.service().admin_get_user(&pool_id, name).await?;
    let settings = mfa::user_settings(&call.service().mfa_settings(&user).await?);
    Ok(AdminGetUserResponse {
        username: user.username.as_str().into(),
        user_attributes: Some(user::attributes_with_sub(&user)),
        user_create_date: Some(instant(user.created_at)),
        user_last_modified_date: Some(instant(user.updated_at)),
        enabled: Some(user.is_enabled),
        user_status: Some(user_status::to_wire(user.status)),
        mfa_options: None,
        preferred_mfa_setting: settings.preferred,
        user_mfa_setting_list: settings.list,
    })
}
