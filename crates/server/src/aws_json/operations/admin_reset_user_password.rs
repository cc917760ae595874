//! `AdminResetUserPassword`

use poolhouse_api_model::operations::{
    AdminResetUserPasswordRequest, AdminResetUserPasswordResponse,
};
use poolhouse_model::UserPoolId;
use poolhouse_service::AdminResetUserPassword;

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

async fn handle(call: &Call<'_>) -> Result<AdminResetUserPasswordResponse, CallError> {
    let input: AdminResetUserPasswordRequest = call.input()?;
    call.service()
        .admin_reset_user_password(AdminResetUserPassword {
            pool_id: UserPoolId::new(input.user_pool_id),
            username: input.username.into_inner(),
        })
        .await?;
    Ok(AdminResetUserPasswordResponse {})
}
