//! `RespondToAuthChallenge`

use poolhouse_api_model::operations::{
    RespondToAuthChallengeRequest, RespondToAuthChallengeResponse,
};
use poolhouse_service::ChallengeAnswer;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{authentication, client_id, secret};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
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
            "UserContextData",
            Member::Harmless("threat protection is not served yet"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<RespondToAuthChallengeResponse, CallError> {
    let input: RespondToAuthChallengeRequest = call.input()?;
    let outcome = call
        .service()
        .respond_to_auth_challenge(ChallengeAnswer {
            admin_pool_id: None,
            client_id: client_id(input.client_id),
            challenge: authentication::challenge_name(input.challenge_name),
            challenge_session: input.session.map(secret),
            responses: authentication::parameters(input.challenge_responses),
        })
        .await?;
    let step = authentication::step(outcome);
    Ok(RespondToAuthChallengeResponse {
        challenge_name: step.challenge_name,
        session: step.session,
        challenge_parameters: Some(step.challenge_parameters),
        authentication_result: step.authentication_result,
        available_challenges: None,
    })
}
