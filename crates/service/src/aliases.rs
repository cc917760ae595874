//! Addresses, numbers and preferred names that sign a user in beside the user name.

use std::collections::BTreeMap;

use poolhouse_model::{
    ContactAttribute, SignInName, SignInNameKind, Sub, User, UserPool, UserPoolSettings,
};
use poolhouse_storage::Write;

use crate::error::ServiceError;
use crate::service::Service;

/// Whether the name is more than the user name and the subject, which are never anybody else's.
pub(crate) fn is_alias(name: &SignInName) -> bool {
    !matches!(name.kind, SignInNameKind::Username | SignInNameKind::Sub)
}

/// Which alias may move from one user to another that proves it: a verified address or number,
/// but not what stands for the user name.
/// Source: API reference, `ForceAliasCreation`.
fn may_move(settings: &UserPoolSettings, name: &SignInName) -> Option<ContactAttribute> {
    match name.kind {
        _ if settings.has_username_attributes() => None,
        SignInNameKind::Email => Some(ContactAttribute::Email),
        SignInNameKind::PhoneNumber => Some(ContactAttribute::PhoneNumber),
        SignInNameKind::Username | SignInNameKind::Sub | SignInNameKind::PreferredUsername => None,
    }
}

impl Service {
    /// Makes the writes that take aliases away from the users who have them; what they lose no
    /// longer counts as verified.
    ///
    /// Inferred: the service says only that the former user can no longer sign in by it.
    pub(crate) async fn take_aliases(
        &self,
        pool: &UserPool,
        new_holder: &Sub,
        names: &[SignInName],
    ) -> Result<Vec<Write>, ServiceError> {
        let mut writes = Vec::new();
        let mut losers = BTreeMap::<Sub, User>::new();
        for name in names {
            let Some(attribute) = may_move(&pool.settings, name) else {
                continue;
            };
            let Some(holder) = self.find_holder(pool, new_holder, name).await? else {
                continue;
            };
            let loser = losers.entry(holder.sub.clone()).or_insert(holder);
            let flag = attribute.verification_flag().to_owned();
            loser.attributes.insert(flag, "false".to_owned());
            writes.push(Write::RemoveSignInName {
                pool_id: pool.id.clone(),
                name: name.clone(),
            });
        }
        writes.extend(losers.into_values().map(|mut loser| {
            loser.version += 1;
            loser.updated_at = self.now();
            Write::UpdateUser(Box::new(loser))
        }));
        Ok(writes)
    }

    /// Names the alias that another user has, after a write was refused for one.
    pub(crate) async fn alias_conflict(
        &self,
        pool: &UserPool,
        sub: &Sub,
        names: &[SignInName],
    ) -> Result<ServiceError, ServiceError> {
        for name in names.iter().filter(|name| is_alias(name)) {
            if self.find_holder(pool, sub, name).await?.is_some() {
                let attribute = name.kind.as_str();
                return Ok(ServiceError::AliasExists { attribute });
            }
        }
        // Whoever had it has lost it since.
        Ok(ServiceError::Busy)
    }

    async fn find_holder(
        &self,
        pool: &UserPool,
        other_than: &Sub,
        name: &SignInName,
    ) -> Result<Option<User>, ServiceError> {
        let names = std::slice::from_ref(name);
        let holder = self.storage.find_user_by_name(&pool.id, names).await?;
        Ok(holder.filter(|holder| holder.sub != *other_than))
    }

    /// Whether a new user name is the subject of a user: whoever has the right to name users by
    /// subject would reach the wrong one.
    pub(crate) async fn is_subject(
        &self,
        pool: &UserPool,
        name: &str,
    ) -> Result<bool, ServiceError> {
        let name = SignInName {
            kind: SignInNameKind::Sub,
            folded: name.to_lowercase(),
        };
        let names = [name];
        let user = self.storage.find_user_by_name(&pool.id, &names).await?;
        Ok(user.is_some())
    }
}
