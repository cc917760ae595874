//! `CreateGroup`

use poolhouse_api_model::operations::{CreateGroupRequest, CreateGroupResponse};
use poolhouse_model::{GroupName, UserPoolId};
use poolhouse_service::CreateGroup;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::group;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("GroupName", Member::Obeyed),
        ("UserPoolId", Member::Obeyed),
        ("Description", Member::Obeyed),
        ("RoleArn", Member::Obeyed),
        ("Precedence", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<CreateGroupResponse, CallError> {
    let input: CreateGroupRequest = call.input()?;
    let group = call
        .service()
        .create_group(CreateGroup {
            pool_id: UserPoolId::new(input.user_pool_id),
            name: GroupName::new(input.group_name),
            description: input.description,
            role_arn: input.role_arn,
            precedence: input.precedence,
        })
        .await?;
    Ok(CreateGroupResponse {
        group: Some(group::to_wire(&group)),
    })
}
