//! Writes changes of attributes with everything that follows from them.

use poolhouse_model::{User, UserPool};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::attribute_changes::{AttributeChanges, CodeChanges};
use crate::aliases::name_changes;
use crate::error::ServiceError;
use crate::messages::CodeDelivery;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in_names::names_of;
use crate::unserved_settings::check_message_triggers;

impl Service {
    /// Changes attributes of a user, with the names that sign them in and the codes that are due;
    /// gives where those went. Tokens work on: the user is the same.
    /// # Errors
    /// [`ServiceError::AliasExists`], [`ServiceError::AttributeChangesRefused`];
    /// [`ServiceError::FeatureNotServed`] where a trigger should make the message,
    /// [`ServiceError::ChannelNotConfigured`] when there is no way to send it.
    pub(super) async fn change_attributes(
        &self,
        pool: &UserPool,
        user: &User,
        changes: &AttributeChanges,
    ) -> Result<Vec<CodeDelivery>, ServiceError> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let settings = &pool.settings;
        let mut expected = user.clone();
        if !changes.apply(settings, &mut expected)?.due.is_empty() {
            check_message_triggers(pool)?;
        }
        self.check_new_names(pool, user, &changes.new_values())
            .await?;
        let keys = self.keyring(&pool.id).await?;
        let written = self.change_user(&pool.id, &user.sub, |user| {
            let before = names_of(settings, user);
            let codes = changes.apply(settings, user)?;
            let mut writes = name_changes(user, &before, &names_of(settings, user));
            let (code_writes, deliveries) = self.code_changes(pool, &keys, user, codes)?;
            writes.extend(code_writes);
            Ok((writes, deliveries))
        });
        match written.await {
            Ok(deliveries) => {
                self.wake_outbox();
                Ok(deliveries)
            }
            Err(ServiceError::Storage(StorageError::Conflict(Conflict::AliasTaken))) => {
                let names = names_of(settings, &expected);
                Err(self.alias_conflict(pool, &user.sub, &names).await?)
            }
            Err(error) => Err(error),
        }
    }

    fn code_changes(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: &User,
        codes: CodeChanges,
    ) -> Result<(Vec<Write>, Vec<CodeDelivery>), ServiceError> {
        let void = codes.void.into_iter();
        let mut writes: Vec<Write> = void
            .map(|purpose| Write::VoidConfirmationCode {
                pool_id: user.pool_id.clone(),
                sub: user.sub.clone(),
                purpose,
            })
            .collect();
        let mut deliveries = Vec::new();
        for proof in codes.due {
            let code = self.make_verification_code(pool, keys, &user.sub, proof)?;
            writes.extend(code.writes);
            deliveries.push(code.delivery);
        }
        Ok((writes, deliveries))
    }
}
