//! `DescribeResourceServer`

use poolhouse_api_model::operations::{
    DescribeResourceServerRequest, DescribeResourceServerResponse,
};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::resource_server;

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

async fn handle(call: &Call<'_>) -> Result<DescribeResourceServerResponse, CallError> {
    let input: DescribeResourceServerRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let server = call
        .service()
        .describe_resource_server(&pool_id, &input.identifier)
        .await?;
    Ok(DescribeResourceServerResponse {
        resource_server: resource_server::to_wire(&server),
    })
}
