//! `AdminCreateUser`

use poolhouse_model::{
    Attributes, Channel, SecretString, SignInName, User, UserPool, UserPoolId, UserStatus,
    is_verification_flag,
};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::invitations::invitation_channels;
use crate::attribute_rules::check_new_attributes;
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in_names::{LookupBy, names_of};
use crate::sign_up::NewUserNames;
use crate::unserved_settings::check_sign_up_settings;

/// A user made by an administrator.
#[derive(Clone, Debug)]
pub struct AdminCreateUser {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The name.
    pub username: String,
    /// The temporary password; one is made if none is given.
    pub temporary_password: Option<SecretString>,
    /// The attributes.
    pub attributes: Attributes,
    /// What happens with the invitation.
    pub message_action: Option<MessageAction>,
    /// How the invitation travels; when empty, by SMS to who has a number and by mail to others.
    pub channels: Vec<Channel>,
    /// Whether an alias that another user has moves to this one.
    pub forces_alias_creation: bool,
}

/// What happens with the invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageAction {
    /// It is sent again to a user that exists.
    Resend,
    /// It is not sent.
    Suppress,
}

impl Service {
    /// Makes a user with a temporary password and sends the invitation.
    /// # Errors
    /// [`ServiceError::UserAccountExists`], [`ServiceError::AliasExists`],
    /// [`ServiceError::ResendNotPossible`], and the facts of policy and attributes.
    /// Source: API reference, `AdminCreateUser`.
    pub async fn admin_create_user(&self, request: AdminCreateUser) -> Result<User, ServiceError> {
        let pool = self.pool(&request.pool_id).await?;
        check_sign_up_settings(&pool)?;
        let keys = self.keyring(&pool.id).await?;
        if request.message_action == Some(MessageAction::Resend) {
            return self.resend_invitation(&pool, &keys, &request).await;
        }
        let user = self.user_from_request(&pool, &request).await?;
        let channels = match request.message_action {
            None => invitation_channels(&request.channels, &user)?,
            Some(_) => Vec::new(),
        };
        let password = self.temporary_password(&pool, request.temporary_password.as_ref())?;
        let record = self
            .temporary_record(&pool, &keys, &user, &password)
            .await?;
        let user = User {
            password: Some(record),
            ..user
        };
        let names = names_of(&pool.settings, &user);
        let mut writes = if request.forces_alias_creation {
            self.take_aliases(&pool, &user.sub, &names).await?
        } else {
            Vec::new()
        };
        writes.push(Write::CreateUser {
            user: Box::new(user.clone()),
            names: names.clone(),
        });
        let typed = request.username.as_str();
        writes.extend(self.make_invitations(&pool, &keys, &user, typed, &channels, &password)?);
        if let Err(error) = self.write(writes).await {
            return Err(self.creation_conflict(&pool, &user, &names, error).await?);
        }
        self.wake_outbox();
        Ok(user)
    }

    pub(crate) async fn user_from_request(
        &self,
        pool: &UserPool,
        request: &AdminCreateUser,
    ) -> Result<User, ServiceError> {
        let attributes = request.attributes.clone();
        let names = NewUserNames::sort_out(&pool.settings, &request.username, attributes)?;
        check_new_attributes(&pool.settings, None, names.attributes())?;
        if self.is_subject(pool, &request.username).await? {
            return Err(ServiceError::UserAccountExists);
        }
        let mut user = self.make_user(pool, names, UserStatus::ForceChangePassword);
        normalise_flags(&mut user.attributes);
        if let Some(preferred) = user.attribute("preferred_username") {
            let new_names = [("preferred_username", preferred)];
            self.check_new_names(pool, &user, &new_names).await?;
        }
        Ok(user)
    }

    pub(crate) async fn creation_conflict(
        &self,
        pool: &UserPool,
        user: &User,
        names: &[SignInName],
        error: StorageError,
    ) -> Result<ServiceError, ServiceError> {
        match error {
            StorageError::Conflict(Conflict::UsernameTaken) => Ok(ServiceError::UserAccountExists),
            StorageError::Conflict(Conflict::AliasTaken) => {
                // What stands for the user name is the user name.
                if pool.settings.has_username_attributes() {
                    return Ok(ServiceError::UserAccountExists);
                }
                self.alias_conflict(pool, &user.sub, names).await
            }
            // Somebody who loses an alias changed meanwhile, or the pool is gone.
            StorageError::Conflict(Conflict::Stale) => {
                self.pool(&pool.id).await?;
                Ok(ServiceError::Busy)
            }
            error => Ok(error.into()),
        }
    }

    async fn resend_invitation(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        request: &AdminCreateUser,
    ) -> Result<User, ServiceError> {
        let typed = request.username.as_str();
        let user = self.find_user(pool, typed, LookupBy::Admin).await?;
        let user = user.ok_or(ServiceError::UserNotFound)?;
        if user.status != UserStatus::ForceChangePassword {
            return Err(ServiceError::ResendNotPossible(user.username));
        }
        let channels = invitation_channels(&request.channels, &user)?;
        let password = self.temporary_password(pool, request.temporary_password.as_ref())?;
        let record = self.temporary_record(pool, keys, &user, &password).await?;
        let user = self
            .change_user(&pool.id, &user.sub, |user| {
                if user.status != UserStatus::ForceChangePassword {
                    return Err(ServiceError::ResendNotPossible(user.username.clone()));
                }
                user.password = Some(record.clone());
                // Who began to sign in with the password before cannot go on.
                user.token_generation += 1;
                let messages =
                    self.make_invitations(pool, keys, user, typed, &channels, &password)?;
                Ok((messages, user.clone()))
            })
            .await?;
        self.wake_outbox();
        Ok(user)
    }
}

/// Writes verification flags as the service stores them: `true` or `false`.
fn normalise_flags(attributes: &mut Attributes) {
    for (name, value) in attributes.iter_mut() {
        if is_verification_flag(name) {
            value.make_ascii_lowercase();
        }
    }
}
