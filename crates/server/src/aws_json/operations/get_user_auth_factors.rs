//! `GetUserAuthFactors`

use poolhouse_api_model::operations::{GetUserAuthFactorsRequest, GetUserAuthFactorsResponse};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::mfa;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("AccessToken", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<GetUserAuthFactorsResponse, CallError> {
    let input: GetUserAuthFactorsRequest = call.input()?;
    let access_token = input.access_token.expose();
    let factors = call.service().get_user_auth_factors(access_token).await?;
    let settings = mfa::user_settings(&factors.mfa);
    Ok(GetUserAuthFactorsResponse {
        username: factors.user.username.as_str().into(),
        preferred_mfa_setting: settings.preferred,
        user_mfa_setting_list: settings.list,
        configured_user_auth_factors: Some(mfa::first_factors(&factors)),
    })
}
