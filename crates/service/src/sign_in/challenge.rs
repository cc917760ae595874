//! The sealed text that carries a challenge from one step to the next, and the row behind it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_crypto::sealing::{Purpose, peek_pool};
use poolhouse_model::{
    AppClient, ChallengeSession, ClientId, RngExt, SealedSeed, SecretString, Sub, Timestamp, Ttl,
    User,
};
use poolhouse_storage::{Conflict, StorageError, Write};
use serde::{Deserialize, Serialize};

use super::Caller;
use super::user_state::check_user_state;
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in_names::LookupBy;

/// Answers a challenge may have, right or wrong.
pub(crate) const MAX_CHALLENGE_TRIES: i64 = 5;

/// How long a proven password waits for the code of the sign-up. Mail is slow; after it the code
/// still confirms, and the password is asked for again.
const CONFIRMATION_TTL: Ttl = Ttl::from_hours(1);

/// Which step a challenge waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ChallengeStep {
    /// `NEW_PASSWORD_REQUIRED`
    NewPassword,
    /// `SOFTWARE_TOKEN_MFA`
    SoftwareToken,
    /// A new password in place of a temporary one, on the page.
    HostedNewPassword,
    /// The code of an authenticator app on the page.
    HostedSoftwareToken,
    /// The first code of a new authenticator app on the page.
    HostedSoftwareTokenSetup,
    /// The code of a sign-up on the page, by who proved the password.
    HostedConfirmation,
    /// `MFA_SETUP`: an authenticator app must be associated.
    MfaSetup,
    /// `MFA_SETUP`: its first code is awaited.
    MfaSetupAssociated,
    /// `MFA_SETUP`: its first code was right.
    MfaSetupVerified {
        /// The version of the user's second factors since then: another change ends the challenge.
        mfa_version: i64,
    },
}

impl ChallengeStep {
    /// How long an answer is waited for: as the client says, but for what comes by mail.
    pub(crate) fn ttl(self, client: &AppClient) -> Ttl {
        match self {
            Self::HostedConfirmation => CONFIRMATION_TTL,
            _ => client.settings.challenge_ttl(),
        }
    }
}

/// What the sealed text holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ChallengeContent {
    pub(crate) id: String,
    pub(super) client_id: ClientId,
    pub(crate) sub: Sub,
    /// The user's then: a password that was set anew since ends the challenge.
    pub(crate) token_generation: i64,
    pub(super) step: ChallengeStep,
    pub(super) expires_at: Timestamp,
    /// The sealed seed of an authenticator app that the page sets up, in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed_seed: Option<String>,
}

impl ChallengeContent {
    /// The sealed seed of an authenticator app that the page sets up.
    /// # Errors
    /// [`ServiceError::ChallengeSessionInvalid`] for a challenge without one.
    pub(crate) fn sealed_seed(&self) -> Result<SealedSeed, ServiceError> {
        let text = self.sealed_seed.as_ref();
        let seed = text.and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let seed = seed.ok_or(ServiceError::ChallengeSessionInvalid)?;
        Ok(SealedSeed(seed))
    }
}

impl Service {
    /// Makes a challenge: its sealed text, and the write of its row.
    pub(crate) fn make_challenge(
        &self,
        caller: &Caller,
        user: &User,
        step: ChallengeStep,
    ) -> Result<(SecretString, Write), ServiceError> {
        self.make_challenge_with(caller, user, step, None)
    }

    /// Makes a challenge that carries the sealed seed of a new authenticator app.
    pub(crate) fn make_challenge_with(
        &self,
        caller: &Caller,
        user: &User,
        step: ChallengeStep,
        seed: Option<&SealedSeed>,
    ) -> Result<(SecretString, Write), ServiceError> {
        let content = ChallengeContent {
            id: self.rng.uuid(),
            client_id: caller.client.id.clone(),
            sub: user.sub.clone(),
            token_generation: user.token_generation,
            step,
            expires_at: self.now().after(step.ttl(&caller.client)),
            sealed_seed: seed.map(|seed| URL_SAFE_NO_PAD.encode(&seed.0)),
        };
        let text = serde_json::to_vec(&content)
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let sealed = caller
            .keys
            .sealer
            .seal_wire(Purpose::ChallengeSession, &text, &*self.rng);
        let row = challenge_row(caller, &content.id, content.expires_at);
        Ok((
            SecretString::new(URL_SAFE_NO_PAD.encode(sealed)),
            Write::CreateChallengeSession(row),
        ))
    }

    /// Opens a challenge's text of a step that is `awaited`, and counts an answer to it before the
    /// answer is looked at.
    /// # Errors
    /// As [`Service::open_challenge`], and [`ServiceError::ChallengeSessionUsed`].
    pub(crate) async fn take_challenge(
        &self,
        caller: &Caller,
        text: &str,
        awaited: impl Fn(ChallengeStep) -> bool,
    ) -> Result<ChallengeContent, ServiceError> {
        let content = self.open_challenge(caller, text, awaited)?;
        self.count_challenge_try(caller, &content.id, MAX_CHALLENGE_TRIES)
            .await?;
        Ok(content)
    }

    /// Opens a challenge's text of a step that is `awaited`, without counting anything.
    /// # Errors
    /// [`ServiceError::ChallengeSessionInvalid`], [`ServiceError::ChallengeSessionExpired`].
    pub(crate) fn open_challenge(
        &self,
        caller: &Caller,
        text: &str,
        awaited: impl Fn(ChallengeStep) -> bool,
    ) -> Result<ChallengeContent, ServiceError> {
        let content = open_content(&caller.keys, text)?;
        if content.client_id != caller.client.id || !awaited(content.step) {
            return Err(ServiceError::ChallengeSessionInvalid);
        }
        if self.now() >= content.expires_at {
            return Err(ServiceError::ChallengeSessionExpired);
        }
        Ok(content)
    }

    /// Makes sure that a challenge still takes an answer.
    /// # Errors
    /// [`ServiceError::ChallengeSessionUsed`] after the right one,
    /// [`ServiceError::ChallengeSessionInvalid`] when no tries are left.
    pub(crate) async fn check_challenge_open(
        &self,
        caller: &Caller,
        challenge: &ChallengeContent,
    ) -> Result<(), ServiceError> {
        let pool_id = &caller.pool.id;
        let row = self.storage.find_challenge_session(pool_id, &challenge.id);
        match row.await? {
            Some(row) if row.spent_at.is_some() => Err(ServiceError::ChallengeSessionUsed),
            Some(row) if row.tries < MAX_CHALLENGE_TRIES => Ok(()),
            _ => Err(ServiceError::ChallengeSessionInvalid),
        }
    }

    /// Finds out who asks from a challenge's text alone, for calls that carry nothing else.
    /// # Errors
    /// [`ServiceError::ChallengeSessionInvalid`] for a text that is none of ours.
    pub(crate) async fn caller_of_challenge(&self, text: &str) -> Result<Caller, ServiceError> {
        let invalid = |error| match error {
            ServiceError::UserPoolNotFound(_) | ServiceError::AppClientNotFound(_) => {
                ServiceError::ChallengeSessionInvalid
            }
            error => error,
        };
        let sealed = URL_SAFE_NO_PAD.decode(text).ok();
        let pool_id = sealed.as_deref().and_then(peek_pool);
        let pool_id = pool_id.ok_or(ServiceError::ChallengeSessionInvalid)?;
        self.pool(&pool_id).await.map_err(invalid)?;
        let keys = self.keyring(&pool_id).await?;
        let content = open_content(&keys, text)?;
        let (pool, client) = self
            .client_of_pool(&pool_id, &content.client_id)
            .await
            .map_err(invalid)?;
        Ok(Caller {
            pool,
            client,
            keys,
            is_admin: false,
        })
    }

    /// Reads the user that a challenge was made for, in the state that it was made in.
    /// # Errors
    /// [`ServiceError::ChallengeSessionInvalid`] when the user is gone, or a password was set anew
    /// or everything signed out since; the fact of a state that forbids the sign-in.
    pub(crate) async fn challenged_user(
        &self,
        caller: &Caller,
        challenge: &ChallengeContent,
    ) -> Result<User, ServiceError> {
        let pool_id = &caller.pool.id;
        let user = self.find_user_by_sub(pool_id, &challenge.sub).await?;
        let user = user.ok_or(ServiceError::ChallengeSessionInvalid)?;
        check_user_state(&user, self.now())?;
        if user.token_generation == challenge.token_generation {
            Ok(user)
        } else {
            Err(ServiceError::ChallengeSessionInvalid)
        }
    }

    /// Refuses an answer in the name of another user than the challenge was made for.
    /// # Errors
    /// [`ServiceError::ChallengeSessionInvalid`].
    pub(super) async fn check_answerer(
        &self,
        caller: &Caller,
        user: &User,
        typed: &str,
    ) -> Result<(), ServiceError> {
        let named = self
            .find_user(&caller.pool, typed, LookupBy::SignIn)
            .await?;
        if named.is_some_and(|named| named.sub == user.sub) {
            Ok(())
        } else {
            Err(ServiceError::ChallengeSessionInvalid)
        }
    }

    pub(crate) async fn count_challenge_try(
        &self,
        caller: &Caller,
        id: &str,
        max_tries: i64,
    ) -> Result<(), ServiceError> {
        let count = Write::CountChallengeTry {
            pool_id: caller.pool.id.clone(),
            id: id.to_owned(),
            max_tries,
            at: self.now(),
        };
        match self.write([count]).await {
            Ok(()) => Ok(()),
            Err(StorageError::Conflict(Conflict::ChallengeSpent)) => {
                let row = self
                    .storage
                    .find_challenge_session(&caller.pool.id, id)
                    .await?;
                Err(match row {
                    Some(row) if row.spent_at.is_some() => ServiceError::ChallengeSessionUsed,
                    _ => ServiceError::ChallengeSessionInvalid,
                })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The write that spends a challenge, for the batch that its right answer leads to.
    pub(crate) fn spend_challenge(&self, caller: &Caller, id: &str) -> Write {
        Write::SpendChallengeSession {
            pool_id: caller.pool.id.clone(),
            id: id.to_owned(),
            at: self.now(),
        }
    }
}

fn open_content(keys: &PoolKeyring, text: &str) -> Result<ChallengeContent, ServiceError> {
    let invalid = || ServiceError::ChallengeSessionInvalid;
    let sealed = URL_SAFE_NO_PAD.decode(text).map_err(|_| invalid())?;
    let opened = keys.sealer.open_wire(Purpose::ChallengeSession, &sealed);
    let opened = opened.map_err(|_| invalid())?;
    serde_json::from_slice(&opened).map_err(|_| invalid())
}

/// The row of a challenge that nobody has answered yet.
pub(super) fn challenge_row(caller: &Caller, id: &str, expires_at: Timestamp) -> ChallengeSession {
    ChallengeSession {
        pool_id: caller.pool.id.clone(),
        id: id.to_owned(),
        expires_at,
        tries: 0,
        spent_at: None,
    }
}

/// Tells a challenge that was answered by somebody else meanwhile from other failures.
pub(crate) fn challenge_conflict(error: StorageError) -> ServiceError {
    match error {
        StorageError::Conflict(Conflict::ChallengeSpent) => ServiceError::ChallengeSessionUsed,
        StorageError::Conflict(Conflict::SoftwareTokenCodeUsed) => {
            ServiceError::SoftwareTokenCodeUsed
        }
        StorageError::Conflict(Conflict::Stale) => ServiceError::WrongUsernameOrPassword,
        error => error.into(),
    }
}
