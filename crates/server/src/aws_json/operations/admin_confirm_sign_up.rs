//! `AdminConfirmSignUp`

use poolhouse_api_model::operations::{AdminConfirmSignUpRequest, AdminConfirmSignUpResponse};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("Username", Member::Obeyed),
        (
            "ClientMetadata",
            Member::Harmless("only triggers read it, and a pool with triggers refuses"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminConfirmSignUpResponse, CallError> {
    let input: AdminConfirmSignUpRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let name = input.username.expose();
    call.service().admin_confirm_sign_up(&pool_id, name).await?;
    Ok(AdminConfirmSignUpResponse {})
}
