//! `UpdateUserAttributes`

use super::attribute_changes::AttributeChanges;
use crate::attempt_limits::Limited;
use crate::attribute_rules::{AttributeWrite, AttributeWriter};
use crate::error::ServiceError;
use crate::messages::CodeDelivery;
use crate::service::Service;

impl Service {
    /// Changes attributes of the user that an access token speaks for, within what its client may
    /// write, and sends the codes that prove a new address or number; gives where they went.
    /// # Errors
    /// The facts of access tokens; [`ServiceError::AttributeNotWritable`],
    /// [`ServiceError::AttributeChangesRefused`], [`ServiceError::AttributeValueMissing`],
    /// [`ServiceError::EmailInvalid`], [`ServiceError::PhoneNumberInvalid`],
    /// [`ServiceError::AliasExists`], [`ServiceError::AttemptLimitExceeded`].
    /// Source: API reference, `UpdateUserAttributes`.
    pub async fn update_user_attributes(
        &self,
        access_token: &str,
        attributes: Vec<AttributeWrite>,
    ) -> Result<Vec<CodeDelivery>, ServiceError> {
        let verified = self.verify_self_service(access_token).await?;
        let (pool, user) = (&verified.pool, &verified.user);
        let writer = AttributeWriter::Client(&verified.client);
        let changes = AttributeChanges::of_writes(&pool.settings, writer, attributes)?;
        let codes = changes.apply(&pool.settings, &mut user.clone())?;
        if !codes.due.is_empty() {
            let keys = self.keyring(&pool.id).await?;
            self.count_limited(Limited::ContactChange, pool, &keys, Some(user), "")
                .await?;
        }
        self.change_attributes(pool, user, &changes).await
    }
}
