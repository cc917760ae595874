//! Answers a challenge: `RespondToAuthChallenge` and `AdminRespondToAuthChallenge`.

use std::collections::BTreeMap;

use poolhouse_model::{ClientId, SecretString, TokenOrigin, UserPoolId, UserStatus};
use poolhouse_oauth::scope::{AttributeFilter, USER_ADMIN};
use poolhouse_storage::Write;

use super::challenge::{ChallengeStep, challenge_conflict};
use super::new_password::ATTRIBUTE_PREFIX;
use super::password::ProvenUser;
use super::{AuthParameters, Caller, Challenge, SignInOutcome};
use crate::attribute_rules::missing_required_attributes;
use crate::error::ServiceError;
use crate::mfa::DueFactor;
use crate::service::Service;
use crate::tokens::{Grant, Minting, visible_attributes};
use crate::unserved_settings::check_sign_in_settings;

/// The scope of tokens that the API gives.
const API_SCOPE: &str = USER_ADMIN;

/// A proof that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeName {
    /// The proof of SRP.
    PasswordVerifier,
    /// A new password in place of a temporary one.
    NewPasswordRequired,
    /// A code of an authenticator app.
    SoftwareTokenMfa,
    /// The end of setting a second factor up.
    MfaSetup,
    /// One that is not served yet; its API name.
    NotServed(&'static str),
}

impl ChallengeName {
    /// The API's name.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::PasswordVerifier => "PASSWORD_VERIFIER",
            Self::NewPasswordRequired => "NEW_PASSWORD_REQUIRED",
            Self::SoftwareTokenMfa => "SOFTWARE_TOKEN_MFA",
            Self::MfaSetup => "MFA_SETUP",
            Self::NotServed(name) => name,
        }
    }
}

/// An answer to a challenge.
#[derive(Clone, Debug)]
pub struct ChallengeAnswer {
    /// The pool that an administrator named; `None` for the public operation.
    pub admin_pool_id: Option<UserPoolId>,
    /// The client.
    pub client_id: ClientId,
    /// Which challenge is answered.
    pub challenge: ChallengeName,
    /// What the challenge gave to carry back.
    pub challenge_session: Option<SecretString>,
    /// The answers.
    pub responses: AuthParameters,
}

impl ChallengeAnswer {
    /// What the challenge gave to carry back.
    /// # Errors
    /// [`ServiceError::ParameterMissing`].
    pub(super) fn challenge_session(&self) -> Result<&str, ServiceError> {
        let text = self.challenge_session.as_ref();
        let text = text.ok_or(ServiceError::ParameterMissing("Session"))?;
        Ok(text.expose())
    }
}

impl Service {
    /// Takes the answer to a challenge and gives tokens or the next one.
    /// # Errors
    /// The facts of invalid, expired and used challenges, missing parameters and wrong proofs.
    /// Source: API reference, `RespondToAuthChallenge` and `AdminRespondToAuthChallenge`.
    pub async fn respond_to_auth_challenge(
        &self,
        answer: ChallengeAnswer,
    ) -> Result<SignInOutcome, ServiceError> {
        let caller = self
            .caller(answer.admin_pool_id.as_ref(), &answer.client_id)
            .await?;
        check_sign_in_settings(&caller.pool)?;
        match answer.challenge {
            ChallengeName::PasswordVerifier => self.verify_srp(&caller, &answer.responses).await,
            ChallengeName::NewPasswordRequired => self.take_new_password(&caller, &answer).await,
            ChallengeName::SoftwareTokenMfa => {
                self.take_software_token_code(&caller, &answer).await
            }
            ChallengeName::MfaSetup => self.finish_setup(&caller, &answer).await,
            ChallengeName::NotServed(_) => Err(ServiceError::ChallengeSessionInvalid),
        }
    }

    /// Goes on after the password was proven: the next challenge, or tokens.
    pub(super) async fn continue_sign_in(
        &self,
        caller: &Caller,
        proven: ProvenUser,
    ) -> Result<SignInOutcome, ServiceError> {
        if proven.user.status == UserStatus::ForceChangePassword {
            return self.ask_for_new_password(caller, proven).await;
        }
        let due = match self.due_factor(&caller.pool, &proven.user).await {
            Err(refused @ ServiceError::FeatureNotServed(_)) => {
                // The password was right: the attempt is given back.
                self.write(proven.writes)
                    .await
                    .map_err(challenge_conflict)?;
                return Err(refused);
            }
            due => due?,
        };
        let (outcome, writes) = self.go_on(caller, proven, due).await?;
        self.write(writes).await.map_err(challenge_conflict)?;
        Ok(outcome)
    }

    /// Asks for the second factor that is due, or mints tokens; gives the writes that make it good
    /// and that nobody has run yet.
    pub(super) async fn go_on(
        &self,
        caller: &Caller,
        proven: ProvenUser,
        due: DueFactor,
    ) -> Result<(SignInOutcome, Vec<Write>), ServiceError> {
        match due {
            DueFactor::Nothing => self.finish(caller, proven).await,
            DueFactor::SoftwareToken(token) => self.ask_for_code(caller, proven, token),
            DueFactor::SetUp => self.ask_for_setup(caller, proven),
        }
    }

    async fn ask_for_new_password(
        &self,
        caller: &Caller,
        proven: ProvenUser,
    ) -> Result<SignInOutcome, ServiceError> {
        let ProvenUser { user, mut writes } = proven;
        let step = ChallengeStep::NewPassword;
        let (challenge_session, row) = self.make_challenge(caller, &user, step)?;
        writes.push(row);
        self.write(writes).await.map_err(challenge_conflict)?;
        let missing = missing_required_attributes(&caller.pool.settings, &user.attributes);
        let missing: Vec<String> = missing
            .iter()
            .map(|name| format!("{ATTRIBUTE_PREFIX}{name}"))
            .collect();
        let readable = visible_attributes(&caller.client, &user.attributes, &AttributeFilter::All);
        let readable: BTreeMap<&str, &str> = readable.into_iter().collect();
        let to_json = |value: serde_json::Value| value.to_string();
        Ok(SignInOutcome::Challenge(Challenge {
            name: ChallengeName::NewPasswordRequired,
            challenge_session: Some(challenge_session),
            parameters: BTreeMap::from([
                ("USER_ID_FOR_SRP", user.username.as_str().to_owned()),
                ("userAttributes", to_json(serde_json::json!(readable))),
                ("requiredAttributes", to_json(serde_json::json!(missing))),
            ]),
        }))
    }

    /// Issues the tokens of a finished sign-in, with the writes that belong to it.
    pub(super) async fn finish_sign_in(
        &self,
        caller: &Caller,
        proven: ProvenUser,
    ) -> Result<SignInOutcome, ServiceError> {
        let (outcome, writes) = self.finish(caller, proven).await?;
        self.write(writes).await.map_err(challenge_conflict)?;
        Ok(outcome)
    }

    /// Mints the tokens of a finished sign-in, and makes the writes that belong to it.
    async fn finish(
        &self,
        caller: &Caller,
        proven: ProvenUser,
    ) -> Result<(SignInOutcome, Vec<Write>), ServiceError> {
        let now = self.now();
        let grant = Grant {
            scope: API_SCOPE.to_owned(),
            origin: TokenOrigin::Api,
            nonce: None,
            resource: None,
            authenticated_at: now,
        };
        let family = self.make_family(&caller.client, &proven.user, grant, now);
        let current = self.current_claims(&proven.user, &family).await?;
        let tokens = self.mint_tokens(Minting {
            keys: &caller.keys,
            client: &caller.client,
            user: &proven.user,
            family: &family,
            current: &current,
        })?;
        let mut writes = proven.writes;
        writes.push(Write::CreateTokenFamily(Box::new(family)));
        Ok((SignInOutcome::Tokens(tokens), writes))
    }
}
