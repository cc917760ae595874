//! `GetUserPoolMfaConfig`

use poolhouse_api_model::operations::{GetUserPoolMfaConfigRequest, GetUserPoolMfaConfigResponse};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::mfa;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("UserPoolId", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<GetUserPoolMfaConfigResponse, CallError> {
    let input: GetUserPoolMfaConfigRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let pool = call.service().pool(&pool_id).await?;
    let config = mfa::pool_config_to_wire(&pool);
    Ok(GetUserPoolMfaConfigResponse {
        sms_mfa_configuration: config.sms_mfa_configuration,
        software_token_mfa_configuration: config.software_token_mfa_configuration,
        email_mfa_configuration: config.email_mfa_configuration,
        mfa_configuration: config.mfa_configuration,
        webauthn_configuration: config.webauthn_configuration,
    })
}
