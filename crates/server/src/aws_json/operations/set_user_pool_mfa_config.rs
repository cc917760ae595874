//! `SetUserPoolMfaConfig`

use poolhouse_api_model::operations::{SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::mfa;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        (
            "SmsMfaConfiguration",
            Member::Refusing(
                "where MFA is ON, a user with a phone number and no authenticator app is refused sign-in",
            ),
        ),
        ("SoftwareTokenMfaConfiguration", Member::Obeyed),
        (
            "EmailMfaConfiguration",
            Member::Refusing(
                "where MFA is ON, a user with an e-mail address and no authenticator app is refused sign-in",
            ),
        ),
        ("MfaConfiguration", Member::Obeyed),
        (
            "WebAuthnConfiguration",
            Member::Harmless("nobody can register a passkey yet"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<SetUserPoolMfaConfigResponse, CallError> {
    let input: SetUserPoolMfaConfigRequest = call.input()?;
    let config = mfa::pool_config(input);
    let pool = call.service().set_user_pool_mfa_config(config).await?;
    Ok(mfa::pool_config_to_wire(&pool))
}
