//! `AdminRespondToAuthChallenge`

use poolhouse_api_model::operations::{
    AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse,
};
use poolhouse_model::UserPoolId;
use poolhouse_service::ChallengeAnswer;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{authentication, client_id, secret};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("ClientId", Member::Obeyed),
        ("ChallengeName", Member::Obeyed),
        ("ChallengeResponses", Member::Obeyed),
        ("Session", Member::Obeyed),
        (
            "ClientMetadata",
            Member::Harmless("only triggers read it, and a pool with triggers refuses"),
        ),
        (
            "AnalyticsMetadata",
            Member::Harmless("no analytics are collected"),
        ),
        (
            "ContextData",
            Member::Harmless("threat protection is not served yet"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminRespondToAuthChallengeResponse, CallError> {
    let input: AdminRespondToAuthChallengeRequest = call.input()?;
    let outcome = call
        .service()
        .respond_to_auth_challenge(ChallengeAnswer {
            admin_pool_id: Some(UserPoolId::new(input.user_pool_id)),
            client_id: client_id(input.client_id),
            challenge: authentication::challenge_name(input.challenge_name),
            challenge_session: input.session.map(secret),
            responses: authentication::parameters(input.challenge_responses),
        })
        .await?;
    let step = authentication::step(outcome);
    Ok(AdminRespondToAuthChallengeResponse {
        challenge_name: step.challenge_name,
        session: step.session,
        challenge_parameters: Some(step.challenge_parameters),
        authentication_result: step.authentication_result,
        available_challenges: None,
    })
}
