//! `ConfirmSignUp`

use poolhouse_model::{
    ClientId, CodePurpose, SecretString, SignInName, SignInNameKind, UserStatus,
};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::use_case::refuse_triggers;
use crate::error::ServiceError;
use crate::messages::spend_code;
use crate::service::Service;
use crate::sign_in_names::{LookupBy, names_of};

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
    /// # Errors
    /// [`ServiceError::CodeMismatch`], [`ServiceError::CodeExpired`],
    /// [`ServiceError::UserNotConfirmable`], [`ServiceError::AliasExists`],
    /// [`ServiceError::UsernameClientCombinationNotFound`].
    /// Source: API reference, `ConfirmSignUp`.
    pub async fn confirm_sign_up(&self, request: ConfirmSignUp) -> Result<(), ServiceError> {
        let (pool, client) = self.client(&request.client_id).await?;
        let keys = self.keyring(&pool.id).await?;
        let secret_hash = request.secret_hash.as_deref();
        self.check_secret_hash(&keys, &client, &request.username, secret_hash)?;
        refuse_triggers(&pool)?;
        let hides = client.settings.hides_user_existence();
        let Some(user) = self
            .find_user(&pool, &request.username, LookupBy::SignIn)
            .await?
        else {
            return Err(match hides {
                true => ServiceError::CodeExpired,
                false => ServiceError::UsernameClientCombinationNotFound,
            });
        };
        if user.status != UserStatus::Unconfirmed {
            return Err(match hides {
                true => ServiceError::CodeExpired,
                false => ServiceError::UserNotConfirmable(user.status),
            });
        }
        let row = self
            .check_code(&keys, &user, CodePurpose::SignUp, request.code.expose())
            .await?;
        let settings = &pool.settings;
        let (sub, forces) = (user.sub.clone(), request.forces_alias_creation);
        let confirmed = self.change_user(&pool.id, &sub, |user| {
            if user.status != UserStatus::Unconfirmed {
                return Err(ServiceError::UserNotConfirmable(user.status));
            }
            user.status = UserStatus::Confirmed;
            let proves_current = user.attribute(row.attribute.name()) == Some(&row.destination);
            if proves_current {
                let flag = row.attribute.verification_flag().to_owned();
                user.attributes.insert(flag, "true".to_owned());
            }
            let mut writes = vec![spend_code(&row)];
            for name in names_of(settings, user).into_iter().filter(is_alias) {
                let (pool_id, sub) = (user.pool_id.clone(), user.sub.clone());
                if forces {
                    let name = name.clone();
                    writes.push(Write::RemoveSignInName {
                        pool_id: pool_id.clone(),
                        name,
                    });
                }
                writes.push(Write::AddSignInName { pool_id, sub, name });
            }
            Ok((writes, ()))
        });
        match confirmed.await {
            Err(ServiceError::Storage(StorageError::Conflict(Conflict::AliasTaken))) => {
                Err(ServiceError::AliasExists {
                    attribute: row.attribute.name(),
                })
            }
            Err(ServiceError::Storage(StorageError::Conflict(Conflict::ConfirmationCodeSpent))) => {
                Err(ServiceError::CodeExpired)
            }
            outcome => outcome,
        }
    }
}

fn is_alias(name: &SignInName) -> bool {
    !matches!(name.kind, SignInNameKind::Username | SignInNameKind::Sub)
}
