//! `DescribeUserPool`

use poolhouse_api_model::operations::{DescribeUserPoolRequest, DescribeUserPoolResponse};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::user_pool;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("UserPoolId", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<DescribeUserPoolResponse, CallError> {
    let input: DescribeUserPoolRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let described = call.service().describe_user_pool(&pool_id).await?;
    Ok(DescribeUserPoolResponse {
        user_pool: Some(user_pool::to_wire(&described)),
    })
}
