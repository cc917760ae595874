//! `DeleteGroup`

use poolhouse_api_model::operations::DeleteGroupRequest;
use poolhouse_model::{GroupName, UserPoolId};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("GroupName", Member::Obeyed),
        ("UserPoolId", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<(), CallError> {
    let input: DeleteGroupRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let name = GroupName::new(input.group_name);
    call.service().delete_group(&pool_id, &name).await?;
    Ok(())
}
