//! `ConfirmForgotPassword`

use poolhouse_api_model::Sensitive;
use poolhouse_api_model::operations::{
    ConfirmForgotPasswordRequest, ConfirmForgotPasswordResponse,
};
use poolhouse_model::SecretString;
use poolhouse_service::ConfirmForgotPassword;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{client_id, secret};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("ClientId", Member::Obeyed),
        ("SecretHash", Member::Obeyed),
        ("Username", Member::Obeyed),
        ("ConfirmationCode", Member::Obeyed),
        ("Password", Member::Obeyed),
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

async fn handle(call: &Call<'_>) -> Result<ConfirmForgotPasswordResponse, CallError> {
    let input: ConfirmForgotPasswordRequest = call.input()?;
    call.service()
        .confirm_forgot_password(ConfirmForgotPassword {
            client_id: client_id(input.client_id),
            secret_hash: input.secret_hash.map(Sensitive::into_inner),
            username: input.username.into_inner(),
            code: SecretString::new(input.confirmation_code.into_inner()),
            password: secret(input.password),
        })
        .await?;
    Ok(ConfirmForgotPasswordResponse {})
}
