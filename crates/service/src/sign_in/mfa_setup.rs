//! `MFA_SETUP`: a pool that requires a second factor lets a user without one set it up on the way.
//!
//! The sign-in gives a first session, with which an authenticator app is associated; that gives a
//! second, with which its first code is sent; that gives a third, which ends the challenge. None
//! stands for another, and all of them end once the user has a factor by another way.

use std::collections::BTreeMap;

use poolhouse_model::{SecretString, User};
use poolhouse_storage::Write;

use super::challenge::{ChallengeContent, ChallengeStep};
use super::password::ProvenUser;
use super::respond::{ChallengeAnswer, ChallengeName};
use super::{Caller, Challenge, SignInOutcome};
use crate::error::ServiceError;
use crate::service::Service;

/// A sign-in that waits for a factor to be set up, on its way through one step of that.
pub(crate) struct Setup {
    pub(crate) caller: Caller,
    pub(crate) user: User,
    challenge: ChallengeContent,
}

/// What a step of setting a factor up expects.
#[derive(Clone, Copy)]
pub(crate) enum SetupStep {
    /// An app is associated, for the first time or once more.
    Associate,
    /// The first code is sent.
    Verify,
}

impl SetupStep {
    fn awaits(self, step: ChallengeStep) -> bool {
        match step {
            ChallengeStep::MfaSetup => matches!(self, Self::Associate),
            ChallengeStep::MfaSetupAssociated => true,
            _ => false,
        }
    }
}

impl Service {
    /// Asks a user without a second factor to set one up.
    /// Source: API reference, `MFA_SETUP`; recorded answers of the service.
    pub(super) fn ask_for_setup(
        &self,
        caller: &Caller,
        proven: ProvenUser,
    ) -> Result<(SignInOutcome, Vec<Write>), ServiceError> {
        let ProvenUser { user, mut writes } = proven;
        let step = ChallengeStep::MfaSetup;
        let (challenge_session, row) = self.make_challenge(caller, &user, step)?;
        writes.push(row);
        let challenge = Challenge {
            name: ChallengeName::MfaSetup,
            challenge_session: Some(challenge_session),
            parameters: BTreeMap::from([
                ("USER_ID_FOR_SRP", user.username.as_str().to_owned()),
                ("MFAS_CAN_SETUP", r#"["SOFTWARE_TOKEN_MFA"]"#.to_owned()),
            ]),
        };
        Ok((SignInOutcome::Challenge(challenge), writes))
    }

    /// Takes the session of a step; a try of it is counted.
    /// # Errors
    /// Those of challenges.
    pub(crate) async fn take_setup(
        &self,
        caller: Caller,
        text: &str,
        expected: SetupStep,
    ) -> Result<Setup, ServiceError> {
        let challenge = self
            .take_challenge(&caller, text, |step| expected.awaits(step))
            .await?;
        let user = self.challenged_user(&caller, &challenge).await;
        let user = user.map_err(|refused| match refused {
            // Facts of a sign-in, which these operations do not tell.
            ServiceError::UserNotConfirmed
            | ServiceError::PasswordResetRequired
            | ServiceError::TemporaryPasswordExpired => ServiceError::ChallengeSessionInvalid,
            refused => refused,
        })?;
        Ok(Setup {
            caller,
            user,
            challenge,
        })
    }

    /// Goes from one step of setting a factor up to the next: its session, and the writes that
    /// spend the one before.
    pub(crate) fn next_setup(
        &self,
        setup: &Setup,
        next: ChallengeStep,
    ) -> Result<(SecretString, Vec<Write>), ServiceError> {
        let (session, row) = self.make_challenge(&setup.caller, &setup.user, next)?;
        let spend = self.spend_challenge(&setup.caller, &setup.challenge.id);
        Ok((session, vec![spend, row]))
    }

    /// Ends the challenge after the first code was right, and gives tokens.
    /// # Errors
    /// Those of challenges; [`ServiceError::ChallengeSessionInvalid`] also when the factor was
    /// changed since.
    pub(super) async fn finish_setup(
        &self,
        caller: &Caller,
        answer: &ChallengeAnswer,
    ) -> Result<SignInOutcome, ServiceError> {
        let responses = &answer.responses;
        let typed = responses.username()?;
        let secret_hash = responses.find("SECRET_HASH");
        caller
            .keys
            .check_secret_hash(&caller.client, typed, secret_hash)?;
        let text = answer.challenge_session()?;
        let challenge = self
            .take_challenge(caller, text, |step| {
                matches!(step, ChallengeStep::MfaSetupVerified { .. })
            })
            .await?;
        let user = self.challenged_user(caller, &challenge).await?;
        self.check_answerer(caller, &user, typed).await?;
        let mfa = self.mfa_of(&user).await?;
        let mfa_version = mfa.version;
        if challenge.step != (ChallengeStep::MfaSetupVerified { mfa_version }) {
            return Err(ServiceError::ChallengeSessionInvalid);
        }
        let writes = vec![self.spend_challenge(caller, &challenge.id)];
        self.finish_sign_in(caller, ProvenUser { user, writes })
            .await
    }
}
