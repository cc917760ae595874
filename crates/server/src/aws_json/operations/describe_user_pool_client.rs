//! `DescribeUserPoolClient`

use poolhouse_api_model::operations::{
    DescribeUserPoolClientRequest, DescribeUserPoolClientResponse,
};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{app_client, client_id};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("UserPoolId", Member::Obeyed), ("ClientId", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<DescribeUserPoolClientResponse, CallError> {
    let input: DescribeUserPoolClientRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let client_id = client_id(input.client_id);
    let described = call
        .service()
        .describe_user_pool_client(&pool_id, &client_id)
        .await?;
    Ok(DescribeUserPoolClientResponse {
        user_pool_client: Some(app_client::to_wire(&described)),
    })
}
