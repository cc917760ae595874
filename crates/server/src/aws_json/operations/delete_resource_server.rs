//! `DeleteResourceServer`

use poolhouse_api_model::operations::DeleteResourceServerRequest;
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("Identifier", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<(), CallError> {
    let input: DeleteResourceServerRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    call.service()
        .delete_resource_server(&pool_id, &input.identifier)
        .await?;
    Ok(())
}
