//! `AssociateSoftwareToken`

use poolhouse_api_model::operations::{
    AssociateSoftwareTokenRequest, AssociateSoftwareTokenResponse,
};
use poolhouse_service::AssociateSoftwareToken;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{mfa, sensitive};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("AccessToken", Member::Obeyed), ("Session", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AssociateSoftwareTokenResponse, CallError> {
    let input: AssociateSoftwareTokenRequest = call.input()?;
    let owner = mfa::owner(input.access_token, input.session)?;
    let associated = call
        .service()
        .associate_software_token(AssociateSoftwareToken { owner })
        .await?;
    Ok(AssociateSoftwareTokenResponse {
        secret_code: Some(sensitive(&associated.secret_code)),
        session: associated.challenge_session.as_ref().map(sensitive),
    })
}
