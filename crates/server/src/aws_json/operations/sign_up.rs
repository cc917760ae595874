//! `SignUp`

use poolhouse_api_model::Sensitive;
use poolhouse_api_model::operations::{SignUpRequest, SignUpResponse};
use poolhouse_service::SignUp;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{attributes, client_id, code_delivery, secret};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("ClientId", Member::Obeyed),
        ("SecretHash", Member::Obeyed),
        ("Username", Member::Obeyed),
        ("Password", Member::Obeyed),
        ("UserAttributes", Member::Obeyed),
        (
            "ValidationData",
            Member::Harmless("only triggers read it, and a pool with triggers refuses"),
        ),
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

async fn handle(call: &Call<'_>) -> Result<SignUpResponse, CallError> {
    let input: SignUpRequest = call.input()?;
    let signed_up = call
        .service()
        .sign_up(SignUp {
            client_id: client_id(input.client_id),
            secret_hash: input.secret_hash.map(Sensitive::into_inner),
            username: input.username.into_inner(),
            password: input.password.map(secret),
            attributes: attributes::from_wire(input.user_attributes)?,
        })
        .await?;
    Ok(SignUpResponse {
        user_confirmed: signed_up.is_confirmed,
        code_delivery_details: signed_up.delivery.as_ref().map(code_delivery::details),
        user_sub: signed_up.sub.as_str().to_owned(),
        session: None,
    })
}
