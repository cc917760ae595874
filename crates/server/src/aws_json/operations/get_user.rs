//! `GetUser`

use poolhouse_api_model::operations::{GetUserRequest, GetUserResponse};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{mfa, user};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("AccessToken", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<GetUserResponse, CallError> {
    let input: GetUserRequest = call.input()?;
    let own = call.service().get_user(input.access_token.expose()).await?;
    let settings = mfa::user_settings(&own.mfa);
    Ok(GetUserResponse {
        username: own.user.username.as_str().into(),
        user_attributes: user::attributes_with_sub(&own.user),
        mfa_options: None,
        preferred_mfa_setting: settings.preferred,
        user_mfa_setting_list: settings.list,
    })
}
