//! `RevokeToken`

use poolhouse_api_model::operations::{RevokeTokenRequest, RevokeTokenResponse};
use poolhouse_api_model::types::RevokeAssociatedSessionsType;
use poolhouse_service::RevokeToken;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{client_id, secret};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("Token", Member::Obeyed),
        ("ClientId", Member::Obeyed),
        ("ClientSecret", Member::Obeyed),
        (
            "RevokeAssociatedSessions",
            Member::Refusing("`LINKED` is refused; user sessions are not served yet"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<RevokeTokenResponse, CallError> {
    let input: RevokeTokenRequest = call.input()?;
    call.service()
        .revoke_token(RevokeToken {
            client_id: client_id(input.client_id),
            client_secret: input.client_secret.map(secret),
            token: secret(input.token),
            with_linked_sessions: input.revoke_associated_sessions
                == Some(RevokeAssociatedSessionsType::Linked),
        })
        .await?;
    Ok(RevokeTokenResponse {})
}
