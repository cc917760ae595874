//! `ConfirmSignUp`

use poolhouse_model::{
    AppClient, ClientId, CodePurpose, ConfirmationCode, SecretString, User, UserPool, UserStatus,
};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::aliases::is_alias;
use crate::attempt_limits::Limited;
use crate::error::ServiceError;
use crate::messages::{DeadCode, spend_code};
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in::Caller;
use crate::sign_in_names::{LookupBy, names_of};
use crate::unserved_settings::check_sign_up_settings;

/// A confirmation of a sign-up.
#[derive(Clone, Debug)]
pub struct ConfirmSignUp {
    /// The client.
    pub client_id: ClientId,
    /// The secret hash over the name, from a confidential client.
    pub secret_hash: Option<String>,
    /// The name.
    pub username: String,
    /// The code.
    pub code: SecretString,
    /// Whether an alias that another user proved earlier moves to this one.
    pub forces_alias_creation: bool,
}

impl Service {
    /// Confirms a user by the code that was sent, and counts the attribute it went to as verified.
    ///
    /// A client that hides user existence is told [`ServiceError::CodeMismatch`] for whatever is
    /// no right code: names without a user or with a confirmed one look the same.
    /// # Errors
    /// [`ServiceError::CodeMismatch`], [`ServiceError::CodeExpired`],
    /// [`ServiceError::UserNotConfirmable`], [`ServiceError::AliasExists`],
    /// [`ServiceError::UsernameClientCombinationNotFound`], [`ServiceError::AttemptLimitExceeded`].
    /// Source: API reference, `ConfirmSignUp`; AWS page "Managing user existence error responses".
    pub async fn confirm_sign_up(&self, request: ConfirmSignUp) -> Result<(), ServiceError> {
        let caller = self.caller(None, &request.client_id).await?;
        let secret_hash = request.secret_hash.as_deref();
        let keys = &caller.keys;
        keys.check_secret_hash(&caller.client, &request.username, secret_hash)?;
        self.confirm_sign_up_by(&caller, &request).await
    }

    /// The same by a client that proved itself.
    /// # Errors
    /// As [`Service::confirm_sign_up`].
    pub(crate) async fn confirm_sign_up_by(
        &self,
        caller: &Caller,
        request: &ConfirmSignUp,
    ) -> Result<(), ServiceError> {
        let Caller {
            pool, client, keys, ..
        } = caller;
        check_sign_up_settings(pool)?;
        let user = self
            .find_user(pool, &request.username, LookupBy::SignIn)
            .await?;
        self.confirm_by_code(pool, client, keys, user, request)
            .await
    }

    /// Confirms a user, if there is one of the name, by a code that was typed or is part of a link
    /// that an application made.
    pub(crate) async fn confirm_by_code(
        &self,
        pool: &UserPool,
        client: &AppClient,
        keys: &PoolKeyring,
        user: Option<User>,
        request: &ConfirmSignUp,
    ) -> Result<(), ServiceError> {
        let hides = client.settings.hides_user_existence();
        if hides || user.is_some() {
            let (limited, typed) = (Limited::Confirmation, request.username.as_str());
            self.count_limited(limited, pool, keys, user.as_ref(), typed)
                .await?;
        }
        let user = match user {
            Some(user) if user.status == UserStatus::Unconfirmed => user,
            _ if hides => return Err(ServiceError::CodeMismatch),
            Some(user) => return Err(ServiceError::UserNotConfirmable(user.status)),
            None => return Err(ServiceError::UsernameClientCombinationNotFound),
        };
        let dead_code = if hides {
            DeadCode::ToldToItsOwner
        } else {
            DeadCode::ToldToAll
        };
        let code = request.code.expose();
        let row = self
            .check_code(keys, &user, CodePurpose::SignUp, code, dead_code)
            .await?;
        self.confirm(pool, &user, &row, request.forces_alias_creation)
            .await
    }

    /// Confirms a user whose code or link was right, and spends it.
    pub(super) async fn confirm(
        &self,
        pool: &UserPool,
        user: &User,
        row: &ConfirmationCode,
        forces_alias_creation: bool,
    ) -> Result<(), ServiceError> {
        let mut expected = user.clone();
        mark_confirmed(&mut expected, row)?;
        let names = names_of(&pool.settings, &expected);
        let moved = if forces_alias_creation {
            self.take_aliases(pool, &user.sub, &names).await?
        } else {
            Vec::new()
        };
        let confirmed = self.change_user(&pool.id, &user.sub, |user| {
            mark_confirmed(user, row)?;
            let mut writes = vec![spend_code(row)];
            writes.extend(moved.iter().cloned());
            let names = names_of(&pool.settings, user);
            writes.extend(names.into_iter().filter(is_alias).map(|name| {
                let (pool_id, sub) = (user.pool_id.clone(), user.sub.clone());
                Write::AddSignInName { pool_id, sub, name }
            }));
            Ok((writes, ()))
        });
        match confirmed.await {
            Err(ServiceError::Storage(StorageError::Conflict(Conflict::AliasTaken))) => {
                Err(self.alias_conflict(pool, &user.sub, &names).await?)
            }
            Err(ServiceError::Storage(StorageError::Conflict(Conflict::ConfirmationCodeSpent))) => {
                Err(ServiceError::CodeExpired)
            }
            outcome => outcome,
        }
    }
}

/// Confirms a user whose code was right; the attribute counts as verified if its value is still
/// the one that the code went to.
fn mark_confirmed(user: &mut User, row: &ConfirmationCode) -> Result<(), ServiceError> {
    if user.status != UserStatus::Unconfirmed {
        return Err(ServiceError::UserNotConfirmable(user.status));
    }
    user.status = UserStatus::Confirmed;
    if user.attribute(row.attribute.name()) == Some(&row.destination) {
        let flag = row.attribute.verification_flag().to_owned();
        user.attributes.insert(flag, "true".to_owned());
    }
    Ok(())
}
