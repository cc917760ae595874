//! `ConfirmForgotPassword`

use std::sync::Arc;

use poolhouse_model::{
    ClientId, CodePurpose, ConfirmationCode, SecretString, Sub, User, UserPool, UserStatus,
};
use poolhouse_storage::{Conflict, StorageError};

use super::recovery::{check_resettable, recovery_attributes};
use crate::attempt_limits::Limited;
use crate::error::ServiceError;
use crate::lockouts::{name_key, unlock};
use crate::messages::{DeadCode, spend_code};
use crate::pool_keys::PoolKeyring;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};
use crate::sign_in::Caller;
use crate::sign_in_names::LookupBy;
use crate::unserved_settings::check_password_reset_settings;

/// A new password, with the code that allows it.
#[derive(Clone, Debug)]
pub struct ConfirmForgotPassword {
    /// The client.
    pub client_id: ClientId,
    /// The secret hash over the name, from a confidential client.
    pub secret_hash: Option<String>,
    /// The name.
    pub username: String,
    /// The code.
    pub code: SecretString,
    /// The new password.
    pub password: SecretString,
}

impl Service {
    /// Sets a new password for who has the code: earlier tokens and browser sessions end, a lock
    /// of the user ends too, and nobody is signed in by it.
    ///
    /// What the code went to must still be what the user has, and verified: it stays so.
    /// # Errors
    /// [`ServiceError::PasswordPolicyViolated`], [`ServiceError::PasswordReused`] (the code can be
    /// used again with another password), [`ServiceError::CodeMismatch`],
    /// [`ServiceError::CodeExpired`], [`ServiceError::AttemptLimitExceeded`]; from clients that do
    /// not hide them the facts of unknown users and of their states.
    /// Source: API reference, `ConfirmForgotPassword`; AWS page "Managing user existence error
    /// responses": [`ServiceError::CodeExpired`] unless a code was asked for.
    pub async fn confirm_forgot_password(
        &self,
        request: ConfirmForgotPassword,
    ) -> Result<(), ServiceError> {
        let caller = self.caller(None, &request.client_id).await?;
        let secret_hash = request.secret_hash.as_deref();
        let keys = &caller.keys;
        keys.check_secret_hash(&caller.client, &request.username, secret_hash)?;
        self.confirm_forgot_password_by(&caller, &request).await
    }

    /// The same by a client that proved itself.
    /// # Errors
    /// As [`Service::confirm_forgot_password`].
    pub(crate) async fn confirm_forgot_password_by(
        &self,
        caller: &Caller,
        request: &ConfirmForgotPassword,
    ) -> Result<(), ServiceError> {
        let Caller {
            pool, client, keys, ..
        } = caller;
        let typed = request.username.as_str();
        check_password_reset_settings(pool)?;
        recovery_attributes(pool)?;
        self.check_chosen_password(pool, &request.password)
            .map_err(ServiceError::PasswordPolicyViolated)?;
        let hides = client.settings.hides_user_existence();
        let user = self.find_user(pool, typed, LookupBy::SignIn).await?;
        if hides || user.is_some() {
            let limited = Limited::ResetConfirmation;
            self.count_limited(limited, pool, keys, user.as_ref(), typed)
                .await?;
        }
        if !hides {
            check_told_state(user.as_ref())?;
        }
        let owner = match &user {
            Some(user) => user.sub.clone(),
            None => Sub::new(name_key(pool, keys, None, typed)),
        };
        let row = self
            .check_code_of(
                keys,
                (&pool.id, &owner),
                CodePurpose::ResetPassword,
                request.code.expose(),
                DeadCode::ToldToAll,
            )
            .await?;
        self.reset_password(pool, keys, &row, &request.password)
            .await
            .map_err(|error| match error {
                // The user's state has changed since the code was sent: no code is right for it.
                ServiceError::UserDisabled
                | ServiceError::PasswordNotResettable
                | ServiceError::PasswordResetUnreachable
                    if hides =>
                {
                    ServiceError::CodeMismatch
                }
                error => error,
            })
    }

    async fn reset_password(
        &self,
        pool: &Arc<UserPool>,
        keys: &PoolKeyring,
        row: &ConfirmationCode,
        password: &SecretString,
    ) -> Result<(), ServiceError> {
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let user = self.find_user_by_sub(&pool.id, &row.sub).await?;
            let mut user = user.ok_or(ServiceError::CodeExpired)?;
            check_resettable(&user)?;
            check_destination(&user, row)?;
            let next = self.next_password((pool, keys), &user, password, None);
            let next = next.await?;
            user.status = UserStatus::Confirmed;
            let unlock = unlock(&user);
            let more = [spend_code(row), unlock];
            match self.replace_password(user, next, more).await {
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(StorageError::Conflict(Conflict::ConfirmationCodeSpent)) => {
                    return Err(ServiceError::CodeExpired);
                }
                outcome => return Ok(outcome?),
            }
        }
        Err(ServiceError::Busy)
    }
}

/// What a client that does not hide user existence is told before the code is looked at.
/// Source: API model, errors of the operation. Inferred: that they come first.
fn check_told_state(user: Option<&User>) -> Result<(), ServiceError> {
    let user = user.ok_or(ServiceError::UsernameClientCombinationNotFound)?;
    match user.status {
        UserStatus::Unconfirmed if user.is_enabled => Err(ServiceError::UserNotConfirmed),
        _ => check_resettable(user),
    }
}

/// A code proves what it was sent to, and nothing that came after.
fn check_destination(user: &User, row: &ConfirmationCode) -> Result<(), ServiceError> {
    let is_theirs = user.attribute(row.attribute.name()) == Some(row.destination.as_str());
    if is_theirs && user.has_verified(row.attribute) {
        Ok(())
    } else {
        Err(ServiceError::CodeExpired)
    }
}
