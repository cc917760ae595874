//! `AdminDeleteSoftwareToken`

use poolhouse_api_model::operations::{
    AdminDeleteSoftwareTokenRequest, AdminDeleteSoftwareTokenResponse,
};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("UserPoolId", Member::Obeyed), ("Username", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminDeleteSoftwareTokenResponse, CallError> {
    let input: AdminDeleteSoftwareTokenRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    call.service()
        .admin_delete_software_token(&pool_id, input.username.expose())
        .await?;
    Ok(AdminDeleteSoftwareTokenResponse {})
}
