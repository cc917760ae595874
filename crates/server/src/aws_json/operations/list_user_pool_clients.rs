//! `ListUserPoolClients`

use poolhouse_api_model::operations::{ListUserPoolClientsRequest, ListUserPoolClientsResponse};
use poolhouse_api_model::types::ClientTypeType;
use poolhouse_model::UserPoolId;
use poolhouse_service::PageToken;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::app_client;

/// Clients on a page when the call does not say.
/// Inferred: the greatest number that a call may ask for.
const DEFAULT_LIMIT: u32 = 60;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("MaxResults", Member::Obeyed),
        ("NextToken", Member::Obeyed),
        ("ClientType", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<ListUserPoolClientsResponse, CallError> {
    let input: ListUserPoolClientsRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    if input.client_type == Some(ClientTypeType::Dcr) {
        // DcrConfiguration is refused, so no client registered itself.
        call.service().pool(&pool_id).await?;
        return Ok(ListUserPoolClientsResponse {
            user_pool_clients: Some(Vec::new()),
            next_token: None,
        });
    }
    let limit = input
        .max_results
        .and_then(|limit| u32::try_from(limit).ok());
    let token = input.next_token.map(PageToken);
    let page = call
        .service()
        .list_user_pool_clients(&pool_id, limit.unwrap_or(DEFAULT_LIMIT), token.as_ref())
        .await?;
    Ok(ListUserPoolClientsResponse {
        user_pool_clients: Some(page.clients.iter().map(app_client::summary).collect()),
        next_token: page.next_token.map(|token| token.0),
    })
}
