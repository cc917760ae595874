//! `GetTokensFromRefreshToken`

use poolhouse_api_model::operations::{
    GetTokensFromRefreshTokenRequest, GetTokensFromRefreshTokenResponse,
};
use poolhouse_service::RefreshRequest;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{authentication, client_id, secret};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("RefreshToken", Member::Obeyed),
        ("ClientId", Member::Obeyed),
        ("ClientSecret", Member::Obeyed),
        (
            "DeviceKey",
            Member::Harmless("a pool with device tracking refuses"),
        ),
        (
            "ClientMetadata",
            Member::Harmless("only triggers read it, and a pool with triggers refuses"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<GetTokensFromRefreshTokenResponse, CallError> {
    let input: GetTokensFromRefreshTokenRequest = call.input()?;
    let tokens = call
        .service()
        .get_tokens_from_refresh_token(RefreshRequest {
            client_id: client_id(input.client_id),
            client_secret: input.client_secret.map(secret),
            refresh_token: secret(input.refresh_token),
        })
        .await?;
    Ok(GetTokensFromRefreshTokenResponse {
        authentication_result: Some(authentication::authentication_result(&tokens)),
    })
}
