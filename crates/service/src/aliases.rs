//! Addresses, numbers and preferred names that sign a user in beside the user name.

use std::collections::BTreeMap;

use poolhouse_model::{
    AliasAttribute, ContactAttribute, SignInName, SignInNameKind, Sub, User, UserPool,
    UserPoolSettings, UserStatus,
};
use poolhouse_storage::Write;

use crate::attribute_rules::{is_email, is_phone_number};
use crate::error::ServiceError;
use crate::service::Service;
use crate::sign_in_names::name;

/// Whether the name is more than the user name and the subject, which are never anybody else's.
pub(crate) fn is_alias(name: &SignInName) -> bool {
    !matches!(name.kind, SignInNameKind::Username | SignInNameKind::Sub)
}

/// Makes the writes that follow a change of a user: names that no longer lead to them go, new ones
/// are added.
pub(crate) fn name_changes(user: &User, before: &[SignInName], after: &[SignInName]) -> Vec<Write> {
    let gone = before.iter().filter(|name| !after.contains(name));
    let new = after.iter().filter(|name| !before.contains(name));
    let remove = gone.map(|name| Write::RemoveSignInName {
        pool_id: user.pool_id.clone(),
        sub: user.sub.clone(),
        name: name.clone(),
    });
    let add = new.map(|name| Write::AddSignInName {
        pool_id: user.pool_id.clone(),
        sub: user.sub.clone(),
        name: name.clone(),
    });
    remove.chain(add).collect()
}

/// Checks the form of a preferred user name that is to sign a user of that status in.
/// # Errors
/// [`ServiceError::InvalidInput`] before the user is confirmed, and for what could be taken for
/// another alias.
/// Source: AWS page "Customizing sign-in attributes": it is set after the user is confirmed.
/// Inferred: the texts.
pub(crate) fn check_preferred_username(
    settings: &UserPoolSettings,
    status: UserStatus,
    value: &str,
) -> Result<(), ServiceError> {
    let has = |alias| settings.alias_attributes.contains(&alias);
    if !has(AliasAttribute::PreferredUsername) {
        return Ok(());
    }
    let text = if status == UserStatus::Unconfirmed {
        "Attribute value for preferred_username cannot be set before the user is confirmed."
    } else if has(AliasAttribute::Email) && is_email(value) {
        "Attribute preferred_username cannot be of email format, since user pool is configured for \
         email alias."
    } else if has(AliasAttribute::PhoneNumber) && is_phone_number(value) {
        "Attribute preferred_username cannot be of phone number format, since user pool is \
         configured for phone number alias."
    } else {
        return Ok(());
    };
    Err(ServiceError::InvalidInput(text.to_owned()))
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

/// A text as the subject that it may be.
fn subject_name(text: &str) -> SignInName {
    SignInName {
        kind: SignInNameKind::Sub,
        folded: text.to_lowercase(),
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
                sub: loser.sub.clone(),
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

    /// Checks that new values of attributes of a user lead to nobody else: what stands for the user
    /// name is free, and a preferred user name is nobody's user name or subject.
    ///
    /// Two changes at once can both pass; of those, the write admits one.
    /// # Errors
    /// [`ServiceError::AliasExists`], and those of [`check_preferred_username`].
    /// Source: an answer of `UpdateUserAttributes` for an address that stands for another's name.
    pub(crate) async fn check_new_names(
        &self,
        pool: &UserPool,
        user: &User,
        values: &[(&str, &str)],
    ) -> Result<(), ServiceError> {
        let settings = &pool.settings;
        for (attribute, value) in values {
            let mut kinds = Vec::new();
            if let Some(contact) = ContactAttribute::named(attribute)
                && settings.username_attributes.contains(&contact)
            {
                kinds.push((contact.name(), contact.into()));
            }
            let preferred = AliasAttribute::PreferredUsername;
            if *attribute == "preferred_username" && settings.alias_attributes.contains(&preferred)
            {
                check_preferred_username(settings, user.status, value)?;
                kinds.push(("preferred_username", SignInNameKind::Username));
                kinds.push(("preferred_username", SignInNameKind::Sub));
            }
            for (attribute, kind) in kinds {
                let name = match kind {
                    SignInNameKind::Sub => subject_name(value),
                    kind => name(settings, kind, value),
                };
                if self.find_holder(pool, &user.sub, &name).await?.is_some() {
                    return Err(ServiceError::AliasExists { attribute });
                }
            }
        }
        Ok(())
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
        let names = [subject_name(name)];
        let user = self.storage.find_user_by_name(&pool.id, &names).await?;
        Ok(user.is_some())
    }
}
