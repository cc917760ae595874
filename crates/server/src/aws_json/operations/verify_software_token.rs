//! `VerifySoftwareToken`

use poolhouse_api_model::operations::{VerifySoftwareTokenRequest, VerifySoftwareTokenResponse};
use poolhouse_api_model::types::VerifySoftwareTokenResponseType;
use poolhouse_service::VerifySoftwareToken;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{mfa, secret, sensitive};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("AccessToken", Member::Obeyed),
        ("Session", Member::Obeyed),
        ("UserCode", Member::Obeyed),
        ("FriendlyDeviceName", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<VerifySoftwareTokenResponse, CallError> {
    let input: VerifySoftwareTokenRequest = call.input()?;
    let session = call
        .service()
        .verify_software_token(VerifySoftwareToken {
            owner: mfa::owner(input.access_token, input.session)?,
            code: secret(input.user_code),
            device_name: input.friendly_device_name,
        })
        .await?;
    Ok(VerifySoftwareTokenResponse {
        status: Some(VerifySoftwareTokenResponseType::Success),
        session: session.as_ref().map(sensitive),
    })
}
