//! `AdminUpdateUserAttributes`

use poolhouse_model::{UserPool, UserPoolId};

use super::attribute_changes::AttributeChanges;
use crate::attribute_rules::{AttributeWrite, AttributeWriter};
use crate::error::ServiceError;
use crate::service::Service;

/// Attributes written by an administrator.
#[derive(Clone, Debug)]
pub struct AdminUpdateUserAttributes {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The user's name.
    pub username: String,
    /// The attributes.
    pub attributes: Vec<AttributeWrite>,
}

impl Service {
    /// Changes attributes of a user, developer-only ones and verification flags too.
    ///
    /// An address or number that is given with its flag `true` counts as verified at once and gets
    /// no code, also where the pool lets new ones wait. An alias that another user has proven is
    /// refused and does not move.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`],
    /// [`ServiceError::AttributeChangesRefused`], [`ServiceError::AttributeValueMissing`],
    /// [`ServiceError::EmailInvalid`], [`ServiceError::PhoneNumberInvalid`],
    /// [`ServiceError::AliasExists`].
    /// Source: API reference, `AdminUpdateUserAttributes`, whose errors hold the one for aliases;
    /// aws-sdk-net issue 4387 has it. (boto3 issue 3213 saw an alias move in 2022.)
    /// Inferred: that a flag given alone speaks of the value that is there, not of one that waits.
    pub async fn admin_update_user_attributes(
        &self,
        request: AdminUpdateUserAttributes,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(&request.pool_id).await?;
        let user = self.get_user_by_admin(&pool, &request.username).await?;
        let writer = AttributeWriter::Administrator;
        let changes = AttributeChanges::of_writes(&pool.settings, writer, request.attributes)?;
        self.change_attributes(&pool, &user, &changes)
            .await
            .map(drop)
    }

    /// Checks what can be checked of such a change without the user.
    /// # Errors
    /// Those of [`Self::admin_update_user_attributes`].
    pub(crate) fn check_admin_attributes(
        pool: &UserPool,
        attributes: Vec<AttributeWrite>,
    ) -> Result<(), ServiceError> {
        let writer = AttributeWriter::Administrator;
        AttributeChanges::of_writes(&pool.settings, writer, attributes).map(drop)
    }
}
