//! `SOFTWARE_TOKEN_MFA`: a code of an authenticator app after the password.

use std::collections::BTreeMap;

use poolhouse_model::{SecretString, SoftwareToken, User};
use poolhouse_storage::Write;

use super::challenge::ChallengeStep;
use super::password::ProvenUser;
use super::respond::{ChallengeAnswer, ChallengeName};
use super::{Caller, Challenge, SignInOutcome};
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Asks for a code.
    /// Inferred: the parameters, from what clients read.
    pub(super) fn ask_for_code(
        &self,
        caller: &Caller,
        proven: ProvenUser,
        token: SoftwareToken,
    ) -> Result<(SignInOutcome, Vec<Write>), ServiceError> {
        let ProvenUser { user, mut writes } = proven;
        let step = ChallengeStep::SoftwareToken;
        let (challenge_session, row) = self.make_challenge(caller, &user, step)?;
        writes.push(row);
        let username = user.username.as_str().to_owned();
        let mut parameters = BTreeMap::from([("USER_ID_FOR_SRP", username)]);
        parameters.extend(token.device_name.map(|name| ("FRIENDLY_DEVICE_NAME", name)));
        let challenge = Challenge {
            name: ChallengeName::SoftwareTokenMfa,
            challenge_session: Some(challenge_session),
            parameters,
        };
        Ok((SignInOutcome::Challenge(challenge), writes))
    }

    /// Takes the session of a sign-in on the page that waits for a code; a try of it is counted.
    /// Gives the challenge's id and its user.
    /// # Errors
    /// Those of challenges.
    pub(crate) async fn take_hosted_challenge(
        &self,
        caller: &Caller,
        text: &str,
    ) -> Result<(String, User), ServiceError> {
        let challenge = self.take_challenge(caller, text, is_hosted).await?;
        let user = self.challenged_user(caller, &challenge).await?;
        Ok((challenge.id, user))
    }

    /// Whether a text is the session of a sign-in on the page that waits for a code; nothing is
    /// counted.
    pub(crate) fn is_hosted_challenge(&self, caller: &Caller, text: &str) -> bool {
        self.open_challenge(caller, text, is_hosted).is_ok()
    }

    /// Takes a code and gives tokens. A wrong one leaves the challenge for another try, five in
    /// all.
    /// # Errors
    /// Those of challenges, and [`ServiceError::SoftwareTokenNotSetUp`],
    /// [`ServiceError::SoftwareTokenCodeMismatch`], [`ServiceError::SoftwareTokenCodeUsed`],
    /// [`ServiceError::SecondFactorAttemptsExceeded`].
    pub(super) async fn take_software_token_code(
        &self,
        caller: &Caller,
        answer: &ChallengeAnswer,
    ) -> Result<SignInOutcome, ServiceError> {
        let responses = &answer.responses;
        let typed = responses.username()?;
        let code = SecretString::from(responses.get("SOFTWARE_TOKEN_MFA_CODE")?);
        let secret_hash = responses.find("SECRET_HASH");
        caller
            .keys
            .check_secret_hash(&caller.client, typed, secret_hash)?;
        let text = answer.challenge_session()?;
        let challenge = self
            .take_challenge(caller, text, |step| step == ChallengeStep::SoftwareToken)
            .await?;
        let user = self.challenged_user(caller, &challenge).await?;
        self.check_answerer(caller, &user, typed).await?;
        let mut writes = self
            .prove_software_token(&caller.pool, &caller.keys, &user, &code)
            .await?;
        writes.push(self.spend_challenge(caller, &challenge.id));
        self.finish_sign_in(caller, ProvenUser { user, writes })
            .await
    }
}

fn is_hosted(step: ChallengeStep) -> bool {
    step == ChallengeStep::HostedSoftwareToken
}
