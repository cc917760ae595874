//! `SignUp`

use poolhouse_model::{Attributes, ClientId, SecretString, Sub, UserStatus};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::NewUserNames;
use crate::aliases::check_preferred_username;
use crate::attribute_rules::{check_new_attributes, check_required_attributes};
use crate::error::ServiceError;
use crate::messages::{CodeDelivery, attribute_to_verify};
use crate::service::Service;
use crate::sign_in::Caller;
use crate::sign_in_names::names_of;
use crate::unserved_settings::check_sign_up_settings;

/// A sign-up.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The client.
    pub client_id: ClientId,
    /// The secret hash over the name, from a confidential client.
    pub secret_hash: Option<String>,
    /// The name: a user name, or the address or number that stands for it.
    pub username: String,
    /// The password.
    pub password: Option<SecretString>,
    /// The attributes.
    pub attributes: Attributes,
}

/// A user that signed up.
#[derive(Clone, Debug)]
pub struct SignedUp {
    /// Whether nothing more must be proven.
    pub is_confirmed: bool,
    /// The new subject.
    pub sub: Sub,
    /// Where the code went, if one was sent.
    pub delivery: Option<CodeDelivery>,
}

impl Service {
    /// Makes an unconfirmed user and sends the code that confirms it, where the pool verifies an
    /// attribute that was given.
    /// # Errors
    /// [`ServiceError::SignUpNotPermitted`], [`ServiceError::UsernameExists`], and the facts of
    /// secret hash, password policy and attributes.
    /// Source: API reference, `SignUp`.
    pub async fn sign_up(&self, request: SignUp) -> Result<SignedUp, ServiceError> {
        let caller = self.caller(None, &request.client_id).await?;
        let secret_hash = request.secret_hash.as_deref();
        let keys = &caller.keys;
        keys.check_secret_hash(&caller.client, &request.username, secret_hash)?;
        self.sign_up_by(&caller, request).await
    }

    /// The same by a client that proved itself.
    /// # Errors
    /// As [`Service::sign_up`].
    pub(crate) async fn sign_up_by(
        &self,
        caller: &Caller,
        request: SignUp,
    ) -> Result<SignedUp, ServiceError> {
        let Caller {
            pool, client, keys, ..
        } = caller;
        if pool.settings.allows_admin_create_user_only {
            return Err(ServiceError::SignUpNotPermitted);
        }
        check_sign_up_settings(pool)?;
        let password = request.password.as_ref().ok_or_else(|| {
            ServiceError::InvalidInput("Password is required for this user pool.".to_owned())
        })?;
        let names = NewUserNames::sort_out(&pool.settings, &request.username, request.attributes)?;
        if let Some(preferred) = names.attributes().get("preferred_username") {
            check_preferred_username(&pool.settings, UserStatus::Unconfirmed, preferred)?;
        }
        if self.is_subject(pool, &request.username).await? {
            return Err(ServiceError::UsernameExists);
        }
        self.check_chosen_password(pool, password)
            .map_err(ServiceError::PasswordPolicyViolated)?;
        check_new_attributes(&pool.settings, Some(client), names.attributes())?;
        check_required_attributes(&pool.settings, names.attributes())?;

        let mut user = self.make_user(pool, names, UserStatus::Unconfirmed);
        user.password = Some(self.make_password(keys, &user, password, None).await?);
        let code = match attribute_to_verify(pool, &user) {
            Some(attribute) => {
                let code = self.make_sign_up_code(pool, client, keys, &user, attribute);
                Some(code.await?)
            }
            None => None,
        };
        let names = names_of(&pool.settings, &user);
        let sub = user.sub.clone();
        let mut writes = vec![Write::CreateUser {
            user: Box::new(user),
            names,
        }];
        let delivery = code.map(|code| {
            writes.extend(code.writes);
            code.delivery
        });
        match self.write(writes).await {
            Ok(()) => {}
            Err(StorageError::Conflict(Conflict::UsernameTaken | Conflict::AliasTaken)) => {
                return Err(ServiceError::UsernameExists);
            }
            Err(error) => return Err(error.into()),
        }
        self.wake_outbox();
        Ok(SignedUp {
            is_confirmed: false,
            sub,
            delivery,
        })
    }
}
