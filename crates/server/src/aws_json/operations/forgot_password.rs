//! `ForgotPassword`

use poolhouse_api_model::Sensitive;
use poolhouse_api_model::operations::{ForgotPasswordRequest, ForgotPasswordResponse};
use poolhouse_service::ForgotPassword;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{client_id, code_delivery};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("ClientId", Member::Obeyed),
        ("SecretHash", Member::Obeyed),
        ("Username", Member::Obeyed),
        (
            "AnalyticsMetadata",
            Member::Harmless("no analytics are collected"),
        ),
        (
            "UserContextData",
            Member::Harmless("threat protection is not served yet"),
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

async fn handle(call: &Call<'_>) -> Result<ForgotPasswordResponse, CallError> {
    let input: ForgotPasswordRequest = call.input()?;
    let delivery = call
        .service()
        .forgot_password(ForgotPassword {
            client_id: client_id(input.client_id),
            secret_hash: input.secret_hash.map(Sensitive::into_inner),
            username: input.username.into_inner(),
        })
        .await?;
    Ok(ForgotPasswordResponse {
        code_delivery_details: Some(code_delivery::details(&delivery)),
    })
}
