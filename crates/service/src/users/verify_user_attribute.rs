//! `VerifyUserAttribute`

use poolhouse_model::{CodePurpose, ConfirmationCode, SecretString, User, UserPool};
use poolhouse_storage::{Conflict, StorageError};

use super::get_user_attribute_verification_code::verifiable_attribute;
use crate::aliases::name_changes;
use crate::attempt_limits::Limited;
use crate::attribute_rules::set_attribute;
use crate::error::ServiceError;
use crate::messages::{DeadCode, spend_code};
use crate::service::Service;
use crate::sign_in_names::names_of;

/// The proof of an address or number.
#[derive(Clone, Debug)]
pub struct VerifyUserAttribute {
    /// The access token of the user.
    pub access_token: SecretString,
    /// The attribute: `email` or `phone_number`.
    pub attribute: String,
    /// The code.
    pub code: SecretString,
}

impl Service {
    /// Counts an address or number as verified by the code that went to it. One that waited takes
    /// the place of the one before; an alias begins to sign in.
    ///
    /// A code proves only where it went: it proves nothing once the attribute has another value.
    /// # Errors
    /// The facts of access tokens; [`ServiceError::InvalidInput`] for another attribute,
    /// [`ServiceError::CodeMismatch`], [`ServiceError::CodeExpired`],
    /// [`ServiceError::AliasExists`] when another user has proven it before; the code then works
    /// on. [`ServiceError::AttemptLimitExceeded`].
    /// Source: API reference, `VerifyUserAttribute`; awslabs/aws-sdk-ios-samples issue 104 for an
    /// alias that another has.
    pub async fn verify_user_attribute(
        &self,
        request: VerifyUserAttribute,
    ) -> Result<(), ServiceError> {
        let access_token = request.access_token.expose();
        let verified = self.verify_self_service(access_token).await?;
        let (pool, user) = (&verified.pool, &verified.user);
        let attribute = verifiable_attribute(&request.attribute)?;
        let keys = self.keyring(&pool.id).await?;
        let limited = Limited::AttributeVerification;
        self.count_limited(limited, pool, &keys, Some(user), "")
            .await?;
        let purpose = match self.find_waiting(user, attribute).await? {
            Some(waiting) => waiting.purpose,
            None => CodePurpose::verifying(attribute),
        };
        let code = request.code.expose();
        let row = self
            .check_code(&keys, user, purpose, code, DeadCode::ToldToAll)
            .await?;
        self.mark_verified(pool, user, &row).await
    }

    async fn mark_verified(
        &self,
        pool: &UserPool,
        user: &User,
        row: &ConfirmationCode,
    ) -> Result<(), ServiceError> {
        let settings = &pool.settings;
        let marked = self.change_user(&pool.id, &user.sub, |user| {
            let before = names_of(settings, user);
            mark(user, row)?;
            let mut writes = vec![spend_code(row)];
            writes.extend(name_changes(user, &before, &names_of(settings, user)));
            Ok((writes, ()))
        });
        match marked.await {
            Err(ServiceError::Storage(StorageError::Conflict(Conflict::AliasTaken))) => {
                let mut expected = user.clone();
                mark(&mut expected, row)?;
                let names = names_of(settings, &expected);
                Err(self.alias_conflict(pool, &user.sub, &names).await?)
            }
            Err(ServiceError::Storage(StorageError::Conflict(Conflict::ConfirmationCodeSpent))) => {
                Err(ServiceError::CodeExpired)
            }
            outcome => outcome,
        }
    }
}

/// Marks what a code went to as verified.
/// # Errors
/// [`ServiceError::CodeExpired`] when the attribute has another value by now.
fn mark(user: &mut User, row: &ConfirmationCode) -> Result<(), ServiceError> {
    let name = row.attribute.name();
    if row.purpose == CodePurpose::replacing(row.attribute) {
        set_attribute(user, name, &row.destination);
    } else if user.attribute(name) != Some(&row.destination) {
        return Err(ServiceError::CodeExpired);
    }
    let flag = row.attribute.verification_flag().to_owned();
    user.attributes.insert(flag, "true".to_owned());
    Ok(())
}
