//! `GetClientToken`

use poolhouse_api_model::operations::{GetClientTokenRequest, GetClientTokenResponse};
use poolhouse_api_model::types::ClientAuthenticationResultType;
use poolhouse_service::GetClientToken;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{client_id, secret};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("ClientId", Member::Obeyed),
        ("Secret", Member::Obeyed),
        ("Scopes", Member::Obeyed),
        (
            "ClientMetadata",
            Member::Harmless("only a trigger reads it, and a pool with that trigger refuses"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<GetClientTokenResponse, CallError> {
    let input: GetClientTokenRequest = call.input()?;
    let token = call
        .service()
        .get_client_token(GetClientToken {
            client_id: client_id(input.client_id),
            secret: secret(input.secret),
            scopes: input.scopes.unwrap_or_default(),
        })
        .await?;
    Ok(GetClientTokenResponse {
        client_authentication_result: Some(ClientAuthenticationResultType {
            access_token: Some(token.access_token.expose().into()),
            expires_in: i32::try_from(token.access_token_ttl.as_secs()).ok(),
            token_type: Some("Bearer".to_owned()),
        }),
    })
}
