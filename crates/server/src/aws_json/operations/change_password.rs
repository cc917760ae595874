//! `ChangePassword`

use poolhouse_api_model::operations::{ChangePasswordRequest, ChangePasswordResponse};
use poolhouse_service::ChangePassword;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::secret;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("PreviousPassword", Member::Obeyed),
        ("ProposedPassword", Member::Obeyed),
        ("AccessToken", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<ChangePasswordResponse, CallError> {
    let input: ChangePasswordRequest = call.input()?;
    call.service()
        .change_password(ChangePassword {
            access_token: secret(input.access_token),
            previous_password: input.previous_password.map(secret),
            proposed_password: secret(input.proposed_password),
        })
        .await?;
    Ok(ChangePasswordResponse {})
}
