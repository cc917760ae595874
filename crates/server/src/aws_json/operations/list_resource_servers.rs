//! `ListResourceServers`

use poolhouse_api_model::operations::{ListResourceServersRequest, ListResourceServersResponse};
use poolhouse_model::UserPoolId;
use poolhouse_service::PageToken;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::resource_server;

/// Resource servers on a page when the call does not say.
/// Inferred: the greatest number that a call may ask for.
const DEFAULT_LIMIT: u32 = 50;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("MaxResults", Member::Obeyed),
        ("NextToken", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<ListResourceServersResponse, CallError> {
    let input: ListResourceServersRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let limit = input
        .max_results
        .and_then(|limit| u32::try_from(limit).ok());
    let token = input.next_token.map(PageToken);
    let page = call
        .service()
        .list_resource_servers(&pool_id, limit.unwrap_or(DEFAULT_LIMIT), token.as_ref())
        .await?;
    Ok(ListResourceServersResponse {
        resource_servers: page.servers.iter().map(resource_server::to_wire).collect(),
        next_token: page.next_token.map(|token| token.0),
    })
}
