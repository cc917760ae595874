//! Flows, challenges and tokens.

use std::collections::BTreeMap;

use poolhouse_api_model::Sensitive;
use poolhouse_api_model::types::{AuthFlowType, AuthenticationResultType, ChallengeNameType};
use poolhouse_model::SecretString;
use poolhouse_service::{
    AuthFlow, AuthParameters, Challenge, ChallengeName, IssuedTokens, SignInOutcome,
};

use super::sensitive;

/// Reads a flow's name; some have two.
pub(crate) fn flow(flow: AuthFlowType) -> AuthFlow {
    match flow {
        AuthFlowType::UserSrpAuth => AuthFlow::UserSrp,
        AuthFlowType::RefreshTokenAuth | AuthFlowType::RefreshToken => AuthFlow::RefreshToken,
        AuthFlowType::CustomAuth => AuthFlow::Custom,
        AuthFlowType::AdminNoSrpAuth | AuthFlowType::AdminUserPasswordAuth => {
            AuthFlow::AdminUserPassword
        }
        AuthFlowType::UserPasswordAuth => AuthFlow::UserPassword,
        AuthFlowType::UserAuth => AuthFlow::UserChoice,
    }
}

/// Reads the parameters of a flow or the answers to a challenge.
pub(crate) fn parameters(map: Option<Sensitive<BTreeMap<String, String>>>) -> AuthParameters {
    let map = map.map(Sensitive::into_inner).unwrap_or_default();
    let secrets = map.into_iter();
    AuthParameters(
        secrets
            .map(|(key, value)| (key, SecretString::new(value)))
            .collect(),
    )
}

/// Reads the challenge that an answer is for.
pub(crate) fn challenge_name(name: ChallengeNameType) -> ChallengeName {
    match name {
        ChallengeNameType::PasswordVerifier => ChallengeName::PasswordVerifier,
        ChallengeNameType::NewPasswordRequired => ChallengeName::NewPasswordRequired,
        ChallengeNameType::SoftwareTokenMfa => ChallengeName::SoftwareTokenMfa,
        ChallengeNameType::MfaSetup => ChallengeName::MfaSetup,
        other => ChallengeName::NotServed(other.as_str()),
    }
}

/// What a step of a sign-in led to, in the parts that all four operations answer with.
#[derive(Default)]
pub(crate) struct Step {
    pub(crate) challenge_name: Option<ChallengeNameType>,
    pub(crate) session: Option<Sensitive<String>>,
    pub(crate) challenge_parameters: BTreeMap<String, String>,
    pub(crate) authentication_result: Option<AuthenticationResultType>,
}

/// Takes the outcome of a step apart. A result has empty challenge parameters beside it, as the
/// service sends them.
pub(crate) fn step(outcome: SignInOutcome) -> Step {
    match outcome {
        SignInOutcome::Tokens(tokens) => Step {
            authentication_result: Some(authentication_result(&tokens)),
            ..Step::default()
        },
        SignInOutcome::Challenge(challenge) => challenge_step(challenge),
    }
}

fn challenge_step(challenge: Challenge) -> Step {
    let name = match challenge.name {
        ChallengeName::PasswordVerifier => Some(ChallengeNameType::PasswordVerifier),
        ChallengeName::NewPasswordRequired => Some(ChallengeNameType::NewPasswordRequired),
        ChallengeName::SoftwareTokenMfa => Some(ChallengeNameType::SoftwareTokenMfa),
        ChallengeName::MfaSetup => Some(ChallengeNameType::MfaSetup),
        ChallengeName::NotServed(_) => None,
    };
    let parameters = challenge.parameters.into_iter();
    Step {
        challenge_name: name,
        session: challenge.challenge_session.as_ref().map(sensitive),
        challenge_parameters: parameters
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
        authentication_result: None,
    }
}

/// Writes tokens.
pub(crate) fn authentication_result(tokens: &IssuedTokens) -> AuthenticationResultType {
    let expires_in = i32::try_from(tokens.access_token_ttl.as_secs()).unwrap_or(i32::MAX);
    AuthenticationResultType {
        access_token: Some(sensitive(&tokens.access_token)),
        expires_in: Some(expires_in),
        token_type: Some("Bearer".to_owned()),
        refresh_token: tokens.refresh_token.as_ref().map(sensitive),
        id_token: tokens.id_token.as_ref().map(sensitive),
        new_device_metadata: None,
    }
}
