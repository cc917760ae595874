//! The sealed text that carries a challenge from one step to the next, and the row behind it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{ChallengeSession, ClientId, RngExt, SecretString, Sub, Timestamp, User};
use poolhouse_storage::{Conflict, StorageError, Write};
use serde::{Deserialize, Serialize};

use super::Caller;
use crate::error::ServiceError;
use crate::service::Service;

/// Answers a challenge may have, right or wrong.
pub(super) const MAX_CHALLENGE_TRIES: i64 = 5;

/// Which step a challenge waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum ChallengeStep {
    /// `NEW_PASSWORD_REQUIRED`
    NewPassword,
}

/// What the sealed text holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ChallengeContent {
    pub(super) id: String,
    pub(super) client_id: ClientId,
    pub(super) sub: Sub,
    /// The user's then: a password that was set anew since ends the challenge.
    pub(super) token_generation: i64,
    pub(super) step: ChallengeStep,
    pub(super) expires_at: Timestamp,
}

impl Service {
    /// Makes a challenge: its sealed text, and the write of its row.
    pub(super) fn make_challenge(
        &self,
        caller: &Caller,
        user: &User,
        step: ChallengeStep,
    ) -> Result<(SecretString, Write), ServiceError> {
        let content = ChallengeContent {
            id: self.rng.uuid(),
            client_id: caller.client.id.clone(),
            sub: user.sub.clone(),
            token_generation: user.token_generation,
            step,
            expires_at: self.now().after(caller.client.settings.challenge_ttl()),
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

    /// Opens a challenge's text and counts an answer to it before the answer is looked at.
    /// # Errors
    /// [`ServiceError::ChallengeSessionInvalid`], [`ServiceError::ChallengeSessionExpired`],
    /// [`ServiceError::ChallengeSessionUsed`].
    pub(super) async fn take_challenge(
        &self,
        caller: &Caller,
        text: &str,
        step: ChallengeStep,
    ) -> Result<ChallengeContent, ServiceError> {
        let sealed = URL_SAFE_NO_PAD.decode(text);
        let sealed = sealed.map_err(|_| ServiceError::ChallengeSessionInvalid)?;
        let opened = caller
            .keys
            .sealer
            .open_wire(Purpose::ChallengeSession, &sealed);
        let opened = opened.map_err(|_| ServiceError::ChallengeSessionInvalid)?;
        let content: ChallengeContent =
            serde_json::from_slice(&opened).map_err(|_| ServiceError::ChallengeSessionInvalid)?;
        if content.client_id != caller.client.id || content.step != step {
            return Err(ServiceError::ChallengeSessionInvalid);
        }
        if self.now() >= content.expires_at {
            return Err(ServiceError::ChallengeSessionExpired);
        }
        self.count_challenge_try(caller, &content.id, MAX_CHALLENGE_TRIES)
            .await?;
        Ok(content)
    }

    pub(super) async fn count_challenge_try(
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
    pub(super) fn spend_challenge(&self, caller: &Caller, id: &str) -> Write {
        Write::SpendChallengeSession {
            pool_id: caller.pool.id.clone(),
            id: id.to_owned(),
            at: self.now(),
        }
    }
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
        StorageError::Conflict(Conflict::Stale) => ServiceError::WrongUsernameOrPassword,
        error => error.into(),
    }
}
