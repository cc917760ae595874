//! `AdminGetUserAuthFactors`

use poolhouse_api_model::operations::{
    AdminGetUserAuthFactorsRequest, AdminGetUserAuthFactorsResponse,
};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::mfa;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("UserPoolId", Member::Obeyed), ("Username", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminGetUserAuthFactorsResponse, CallError> {
    let input: AdminGetUserAuthFactorsRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let factors = call
        .service()
        .admin_get_user_auth_factors(&pool_id, input.username.expose())
        .await?;
    let settings = mfa::user_settings(&factors.mfa);
    Ok(AdminGetUserAuthFactorsResponse {
        username: factors.user.username.as_str().into(),
        preferred_mfa_setting: settings.preferred,
        user_mfa_setting_list: settings.list,
        configured_user_auth_factors: Some(mfa::first_factors(&factors)),
    })
}
