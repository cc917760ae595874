//! `AdminCreateUser`

use poolhouse_model::{
    AliasAttribute, Attributes, Channel, ContactAttribute, RngExt, SecretString, User, UserPool,
    UserPoolId, UserStatus, is_verification_flag,
};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::attribute_rules::check_new_attributes;
use crate::error::ServiceError;
use crate::messages::{MessageKind, channel_of, compose};
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in_names::{LookupBy, names_of};
use crate::sign_up::{NewUserNames, refuse_triggers};

/// Characters of a temporary password that the server makes.
const TEMPORARY_PASSWORD_LENGTH: usize = 16;

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
    /// How the invitation travels; SMS when empty.
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
        refuse_triggers(&pool)?;
        let keys = self.keyring(&pool.id).await?;
        if request.message_action == Some(MessageAction::Resend) {
            return self.resend_invitation(&pool, &keys, &request).await;
        }
        let names = NewUserNames::sort_out(
            &pool.settings,
            &request.username,
            request.attributes.clone(),
        )?;
        check_new_attributes(&pool.settings, None, names.attributes())?;
        let password = self.temporary_password(&pool, &request)?;
        let mut user = self.make_user(&pool, names, UserStatus::ForceChangePassword);
        normalise_flags(&mut user.attributes);
        user.password = Some(
            self.temporary_record(&pool, &keys, &user, &password)
                .await?,
        );

        let mut writes = Vec::new();
        let names = names_of(&pool.settings, &user);
        if request.forces_alias_creation {
            let aliases = names.iter().skip(2).cloned();
            writes.extend(aliases.map(|name| Write::RemoveSignInName {
                pool_id: pool.id.clone(),
                name,
            }));
        }
        writes.push(Write::CreateUser {
            user: Box::new(user.clone()),
            names,
        });
        if request.message_action.is_none() {
            writes.extend(self.make_invitations(&pool, &keys, &user, &request, &password)?);
        }
        match self.write(writes).await {
            Ok(()) => {}
            Err(StorageError::Conflict(Conflict::UsernameTaken)) => {
                return Err(ServiceError::UserAccountExists);
            }
            Err(StorageError::Conflict(Conflict::AliasTaken)) => {
                return Err(alias_conflict(&pool));
            }
            Err(error) => return Err(error.into()),
        }
        self.wake_outbox();
        Ok(user)
    }

    async fn resend_invitation(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        request: &AdminCreateUser,
    ) -> Result<User, ServiceError> {
        let user = self
            .find_user(pool, &request.username, LookupBy::Admin)
            .await?;
        let user = user.ok_or(ServiceError::UserNotFound)?;
        if user.status != UserStatus::ForceChangePassword {
            return Err(ServiceError::ResendNotPossible(user.username));
        }
        let password = self.temporary_password(pool, request)?;
        let record = self.temporary_record(pool, keys, &user, &password).await?;
        let user = self
            .change_user(&pool.id, &user.sub, |user| {
                user.password = Some(record.clone());
                let messages = self.make_invitations(pool, keys, user, request, &password)?;
                Ok((messages, user.clone()))
            })
            .await?;
        self.wake_outbox();
        Ok(user)
    }

    fn temporary_password(
        &self,
        pool: &UserPool,
        request: &AdminCreateUser,
    ) -> Result<SecretString, ServiceError> {
        let policy = &pool.settings.password_policy;
        if let Some(password) = &request.temporary_password {
            policy
                .check(password.expose())
                .map_err(ServiceError::AdminPasswordPolicyViolated)?;
            return Ok(password.clone());
        }
        Ok(self.generate_password(policy.minimum_length))
    }

    /// Makes a random password with a character of every kind, at least as long as asked.
    pub(crate) fn generate_password(&self, minimum_length: usize) -> SecretString {
        const KINDS: [&[u8]; 4] = [
            b"ABCDEFGHJKLMNPQRSTUVWXYZ",
            b"abcdefghijkmnopqrstuvwxyz",
            b"23456789",
            b"!#%*+-=?@_",
        ];
        let length = minimum_length.max(TEMPORARY_PASSWORD_LENGTH);
        let mut characters: Vec<u8> = (0..length)
            .map(|index| {
                let kind = KINDS[index % KINDS.len()];
                kind[self.rng.below(kind.len())]
            })
            .collect();
        for index in (1..characters.len()).rev() {
            characters.swap(index, self.rng.below((index + 1).min(256)));
        }
        SecretString::new(String::from_utf8_lossy(&characters))
    }

    async fn temporary_record(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: &User,
        password: &SecretString,
    ) -> Result<poolhouse_model::StoredPassword, ServiceError> {
        let ttl = pool.settings.password_policy.temporary_password_ttl();
        self.make_password(keys, user, password, Some(self.now().after(ttl)))
            .await
    }

    fn make_invitations(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: &User,
        request: &AdminCreateUser,
        password: &SecretString,
    ) -> Result<Vec<Write>, ServiceError> {
        let channels = match request.channels.as_slice() {
            [] => &[Channel::Sms],
            channels => channels,
        };
        let mut writes = Vec::new();
        for attribute in [ContactAttribute::Email, ContactAttribute::PhoneNumber] {
            let channel = channel_of(attribute);
            let Some(to) = user.attribute(attribute.name()) else {
                continue;
            };
            if !channels.contains(&channel) {
                continue;
            }
            let username = request.username.as_str();
            let kind = MessageKind::Invitation {
                username,
                temporary_password: password,
            };
            let content = compose(pool, channel, kind);
            let message = self.make_message(pool, keys, channel, to, &content)?;
            writes.push(Write::EnqueueMessage(Box::new(message)));
        }
        Ok(writes)
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

fn alias_conflict(pool: &UserPool) -> ServiceError {
    if pool.settings.has_username_attributes() {
        return ServiceError::UserAccountExists;
    }
    let attribute = match pool.settings.alias_attributes.first() {
        Some(AliasAttribute::PhoneNumber) => "phone_number",
        Some(AliasAttribute::PreferredUsername) => "preferred_username",
        _ => "email",
    };
    ServiceError::AliasExists { attribute }
}
