//! `AdminRemoveUserFromGroup`

use poolhouse_api_model::operations::AdminRemoveUserFromGroupRequest;
use poolhouse_model::{GroupName, UserPoolId};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("Username", Member::Obeyed),
        ("GroupName", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<(), CallError> {
    let input: AdminRemoveUserFromGroupRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let name = GroupName::new(input.group_name);
    call.service()
        .admin_remove_user_from_group(&pool_id, input.username.expose(), &name)
        .await?;
    Ok(())
}
