//! `SetUserMFAPreference`

use poolhouse_api_model::operations::{SetUserMFAPreferenceRequest, SetUserMFAPreferenceResponse};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::mfa;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        (
            "SMSMfaSettings",
            Member::Refusing("the operation refuses to turn it on"),
        ),
        ("SoftwareTokenMfaSettings", Member::Obeyed),
        (
            "EmailMfaSettings",
            Member::Refusing("the operation refuses to turn it on"),
        ),
        (
            "WebAuthnMfaSettings",
            Member::Refusing("the operation refuses to turn it on"),
        ),
        ("AccessToken", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<SetUserMFAPreferenceResponse, CallError> {
    let input: SetUserMFAPreferenceRequest = call.input()?;
    let preference = mfa::preference(
        (input.software_token_mfa_settings).map(|one| (one.enabled, one.preferred_mfa)),
        (input.sms_mfa_settings).map(|one| (one.enabled, one.preferred_mfa)),
        (input.email_mfa_settings).map(|one| (one.enabled, one.preferred_mfa)),
        (input.webauthn_mfa_settings).map(|one| (one.enabled, None)),
    );
    let access_token = input.access_token.expose();
    call.service()
        .set_user_mfa_preference(access_token, preference)
        .await?;
    Ok(SetUserMFAPreferenceResponse {})
}
