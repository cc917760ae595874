//! `AdminSetUserPassword`

use poolhouse_api_model::operations::{AdminSetUserPasswordRequest, AdminSetUserPasswordResponse};
use poolhouse_model::UserPoolId;
use poolhouse_service::AdminSetUserPassword;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::secret;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("Username", Member::Obeyed),
        ("Password", Member::Obeyed),
        ("Permanent", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminSetUserPasswordResponse, CallError> {
    let input: AdminSetUserPasswordRequest = call.input()?;
    call.service()
        .admin_set_user_password(AdminSetUserPassword {
            pool_id: UserPoolId::new(input.user_pool_id),
            username: input.username.into_inner(),
            password: secret(input.password),
            is_permanent: input.permanent.unwrap_or(false),
        })
        .await?;
    Ok(AdminSetUserPasswordResponse {})
}
