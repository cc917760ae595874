//! `DeleteUserPool`

use poolhouse_api_model::operations::DeleteUserPoolRequest;
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("UserPoolId", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<(), CallError> {
    let input: DeleteUserPoolRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    call.service().delete_user_pool(&pool_id).await?;
    Ok(())
}
