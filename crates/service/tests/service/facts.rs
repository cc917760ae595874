//! Outcomes as short texts, so that tables of them can be read.

use std::fmt::Debug;

use poolhouse_service::{Challenge, IssuedTokens, ServiceError, SignInOutcome};

/// Parameters by name.
pub(crate) type Pairs<'a> = &'a [(&'a str, &'a str)];

/// What came of a step of a sign-in: `Tokens`, the challenge's name, or the fact that refused it.
pub(crate) fn outcome(outcome: &Result<SignInOutcome, ServiceError>) -> String {
    match outcome {
        Ok(SignInOutcome::Tokens(_)) => "Tokens".to_owned(),
        Ok(SignInOutcome::Challenge(challenge)) => challenge.name.api_name().to_owned(),
        Err(error) => format!("{error:?}"),
    }
}

/// `Ok`, or the fact that refused it.
pub(crate) fn fact<T>(outcome: &Result<T, impl Debug>) -> String {
    match outcome {
        Ok(_) => "Ok".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}

/// The tokens of a sign-in that succeeded.
pub(crate) fn tokens(outcome: Result<SignInOutcome, ServiceError>) -> IssuedTokens {
    match outcome {
        Ok(SignInOutcome::Tokens(tokens)) => tokens,
        outcome => panic!("no tokens: {outcome:?}"),
    }
}

/// The challenge of a sign-in that goes on.
pub(crate) fn challenge(outcome: Result<SignInOutcome, ServiceError>) -> Challenge {
    match outcome {
        Ok(SignInOutcome::Challenge(challenge)) => challenge,
        outcome => panic!("no challenge: {outcome:?}"),
    }
}
