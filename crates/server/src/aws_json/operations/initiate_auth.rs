//! `InitiateAuth`

use poolhouse_api_model::operations::{InitiateAuthRequest, InitiateAuthResponse};
use poolhouse_service::InitiateAuth;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{authentication, client_id};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("ClientId", Member::Obeyed),
        ("AuthFlow", Member::Obeyed),
        ("AuthParameters", Member::Obeyed),
        (
            "ClientMetadata",
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
            "Session",
            Member::Harmless("it continues a sign-up in USER_AUTH, which is not served yet"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<InitiateAuthResponse, CallError> {
    let input: InitiateAuthRequest = call.input()?;
    let outcome = call
        .service()
        .initiate_auth(InitiateAuth {
            admin_pool_id: None,
            client_id: client_id(input.client_id),
            flow: authentication::flow(input.auth_flow),
            parameters: authentication::parameters(input.auth_parameters),
        })
        .await?;
    let step = authentication::step(outcome);
    Ok(InitiateAuthResponse {
        challenge_name: step.challenge_name,
        session: step.session,
        challenge_parameters: Some(step.challenge_parameters),
        authentication_result: step.authentication_result,
        available_challenges: None,
    })
}
