//! `ListUserPools`

use poolhouse_api_model::operations::{ListUserPoolsRequest, ListUserPoolsResponse};
use poolhouse_service::PageToken;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::user_pool;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("MaxResults", Member::Obeyed),
        ("NextToken", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<ListUserPoolsResponse, CallError> {
    let input: ListUserPoolsRequest = call.input()?;
    let limit = u32::try_from(input.max_results).unwrap_or(1);
    let token = input.next_token.map(PageToken);
    let page = call
        .service()
        .list_user_pools(call.region(), limit, token.as_ref())
        .await?;
    Ok(ListUserPoolsResponse {
        user_pools: Some(page.pools.iter().map(user_pool::summary).collect()),
        next_token: page.next_token.map(|token| token.0),
    })
}
