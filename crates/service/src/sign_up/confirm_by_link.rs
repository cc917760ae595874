//! `/confirmUser`: the confirmation of a sign-up by a link in a mail.

use poolhouse_crypto::constant_time;
use poolhouse_model::{
    ClientId, CodePurpose, ConfirmationCode, SecretString, User, UserPool, UserPoolId, UserStatus,
};

use super::ConfirmSignUp;
use crate::error::ServiceError;
use crate::messages::{hash_link_code, is_link_code};
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in_names::LookupBy;
use crate::unserved_settings::check_sign_up_settings;

/// A link that was followed.
#[derive(Clone, Debug)]
pub struct ConfirmByLink {
    /// The pool whose own domain was asked; `None` on the server's own host.
    pub host_pool: Option<UserPoolId>,
    /// The client.
    pub client_id: ClientId,
    /// The name.
    pub username: String,
    /// The code.
    pub code: SecretString,
}

/// What became of a followed link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkOutcome {
    /// The user is confirmed now.
    Confirmed,
    /// The user was confirmed before.
    AlreadyConfirmed,
}

impl Service {
    /// Confirms a user by the link that was sent, once. Whoever holds a link that was made for the
    /// user is told when the user is confirmed already; nobody else is, unless the client does not
    /// hide user existence.
    ///
    /// A typed code is taken too: applications build such links of their own around it. It has the
    /// rules of `ConfirmSignUp`, but for the secret hash, which a link cannot carry.
    /// # Errors
    /// [`ServiceError::AppClientNotFound`], also for a client of another pool than the host's;
    /// [`ServiceError::CodeExpired`] for a link that ended or was followed by a newer one, and as
    /// [`Service::confirm_sign_up`].
    /// Source: AWS page "User pool endpoints"; links that applications build in the trigger for
    /// custom messages.
    pub async fn confirm_sign_up_by_link(
        &self,
        link: ConfirmByLink,
    ) -> Result<LinkOutcome, ServiceError> {
        let (pool, client) = self.client(&link.client_id).await?;
        if link.host_pool.is_some_and(|host_pool| host_pool != pool.id) {
            return Err(ServiceError::AppClientNotFound(link.client_id));
        }
        check_sign_up_settings(&pool)?;
        let keys = self.keyring(&pool.id).await?;
        let found = self.find_user(&pool, &link.username, LookupBy::SignIn);
        let user = found.await?;
        let code = link.code.expose();
        let confirmed = match user {
            Some(user) if is_link_code(&keys, &user.sub, &client.id, code) => {
                self.confirm_by_own_link(&pool, &keys, &client.id, &user, code)
                    .await
            }
            user => {
                let request = ConfirmSignUp {
                    client_id: link.client_id,
                    secret_hash: None,
                    username: link.username,
                    code: link.code,
                    forces_alias_creation: false,
                };
                self.confirm_by_code(&pool, &client, &keys, user, &request)
                    .await
            }
        };
        match confirmed {
            Ok(()) => Ok(LinkOutcome::Confirmed),
            Err(ServiceError::UserNotConfirmable(UserStatus::Confirmed)) => {
                Ok(LinkOutcome::AlreadyConfirmed)
            }
            Err(error) => Err(error),
        }
    }

    async fn confirm_by_own_link(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        client_id: &ClientId,
        user: &User,
        code: &str,
    ) -> Result<(), ServiceError> {
        if user.status != UserStatus::Unconfirmed {
            return Err(ServiceError::UserNotConfirmable(user.status));
        }
        if let Some(row) = self.find_link(keys, user, client_id, code).await? {
            return self.confirm(pool, user, &row, false).await;
        }
        // It may have been spent since the user was read, by the same link.
        let now = self.find_user_by_sub(&pool.id, &user.sub).await?;
        match now {
            Some(now) if now.status != UserStatus::Unconfirmed => {
                Err(ServiceError::UserNotConfirmable(now.status))
            }
            _ => Err(ServiceError::CodeExpired),
        }
    }

    /// Finds what was kept of a link, unless it ended, was used, or a newer one was sent. Tries are
    /// not counted: nobody guesses it, and wrong answers of others to the API do not end it.
    async fn find_link(
        &self,
        keys: &PoolKeyring,
        user: &User,
        client_id: &ClientId,
        code: &str,
    ) -> Result<Option<ConfirmationCode>, ServiceError> {
        let row = self
            .storage
            .find_confirmation_code(&user.pool_id, &user.sub, CodePurpose::SignUp)
            .await?;
        let hash = hash_link_code(keys, &user.sub, client_id, code);
        Ok(row
            .filter(|row| constant_time::equal(&row.code_hash, &hash))
            .filter(|row| self.now() < row.expires_at))
    }
}
