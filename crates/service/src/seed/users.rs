//! Users of a seed.

use poolhouse_model::{
    ContactAttribute, GroupName, StoredPassword, User, UserPool, UserStatus, Username,
};
use poolhouse_storage::Write;

use super::differences::{SeedDifference, differences};
use super::pools::differs;
use super::{SeedPassword, SeedPool, SeedProblem, SeedUser};
use crate::attribute_rules::AttributeWrite;
use crate::error::ServiceError;
use crate::service::Service;
use crate::sign_in_names::{LookupBy, names_of};
use crate::users::{
    AdminCreateUser, AdminSetUserPassword, AdminUpdateUserAttributes, MessageAction,
};

/// What a seed makes of a user.
pub(super) enum UserPlan {
    /// They are as they should be.
    Nothing,
    /// They are not there.
    Create,
    /// They are there, and something differs.
    Repair(UserRepair, Vec<SeedDifference>),
}

/// What differs.
pub(super) struct UserRepair {
    /// Attributes that have another value, or none.
    attributes: Vec<AttributeWrite>,
    /// Groups that they are not in.
    groups: Vec<GroupName>,
    /// The permanent password is another one.
    sets_password: bool,
    /// Whether they may sign in is to be changed to this.
    sets_enabled: Option<bool>,
}

impl UserRepair {
    fn differences(&self, user: &User) -> Vec<SeedDifference> {
        let mut different = Vec::new();
        for AttributeWrite { name, value } in &self.attributes {
            let place = format!("attributes.{name}");
            let old = user.attribute(name).map(str::to_owned);
            different.extend(differences(&place, &old, value));
        }
        for group in &self.groups {
            different.push(SeedDifference::Value {
                place: "groups".to_owned(),
                old: "not a member".to_owned(),
                new: group.to_string(),
            });
        }
        if self.sets_password {
            different.push(SeedDifference::Secret { place: "password" });
        }
        if let Some(wanted) = &self.sets_enabled {
            different.extend(differences("enabled", &user.is_enabled, wanted));
        }
        different
    }
}

impl Service {
    /// Says what has to be done for the user.
    pub(super) async fn plan_user(
        &self,
        pool: &UserPool,
        seed_pool: &SeedPool,
        wanted: &SeedUser,
    ) -> Result<UserPlan, SeedProblem> {
        self.check_seed_password(pool, wanted)?;
        let found = self
            .find_user(pool, &wanted.username, LookupBy::Admin)
            .await?;
        let Some(user) = found else {
            // Every rule that does not need the store.
            self.new_seed_user(pool, wanted).await?;
            self.missing_groups(seed_pool, None, wanted).await?;
            return Ok(UserPlan::Create);
        };
        if wanted.sub.as_ref().is_some_and(|sub| *sub != user.sub) {
            return differs(&format!("its subject is {}", user.sub));
        }
        let attributes = different_attributes(&user, wanted);
        Self::check_admin_attributes(pool, attributes.clone())?;
        let sets_password = match &wanted.password {
            SeedPassword::Permanent(password) if wanted.is_confirmed => {
                !self.is_signed_in_by(&user, password).await?
            }
            // What a user made of it since is theirs.
            _ => false,
        };
        let groups = self.missing_groups(seed_pool, Some(&user), wanted).await?;
        let repair = UserRepair {
            sets_enabled: wanted
                .is_enabled
                .filter(|wanted| *wanted != user.is_enabled),
            attributes,
            groups,
            sets_password,
        };
        Ok(match repair.differences(&user) {
            different if different.is_empty() => UserPlan::Nothing,
            different => UserPlan::Repair(repair, different),
        })
    }

    /// Makes a user.
    pub(super) async fn create_seed_user(
        &self,
        seed_pool: &SeedPool,
        wanted: &SeedUser,
    ) -> Result<(), SeedProblem> {
        let pool = self.pool(&seed_pool.id).await?;
        let keys = self.keyring(&seed_pool.id).await?;
        let mut user = self.new_seed_user(&pool, wanted).await?;
        let record = match &wanted.password {
            SeedPassword::Permanent(password) => {
                self.make_password(&keys, &user, password, None).await?
            }
            SeedPassword::Temporary(password) => {
                self.temporary_record(&pool, &keys, &user, password).await?
            }
            SeedPassword::Hash(hash) => StoredPassword {
                hash: hash.0.as_str().to_owned(),
                srp: None,
                expires_at: None,
            },
        };
        user.password = Some(record);
        user.is_enabled = wanted.is_enabled.unwrap_or(true);
        let names = names_of(&pool.settings, &user);
        let create = Write::CreateUser {
            user: Box::new(user.clone()),
            names: names.clone(),
        };
        match self.write([create]).await {
            Ok(()) => Ok(self.join_groups(seed_pool, wanted, &wanted.groups).await?),
            Err(error) => {
                let fact = self.creation_conflict(&pool, &user, &names, error).await?;
                Err(fact.into())
            }
        }
    }

    /// Puts right what differs.
    pub(super) async fn repair_seed_user(
        &self,
        seed_pool: &SeedPool,
        wanted: &SeedUser,
        repair: UserRepair,
    ) -> Result<(), SeedProblem> {
        let pool_id = &seed_pool.id;
        self.join_groups(seed_pool, wanted, &repair.groups).await?;
        if !repair.attributes.is_empty() {
            let request = AdminUpdateUserAttributes {
                pool_id: pool_id.clone(),
                username: wanted.username.clone(),
                attributes: repair.attributes,
            };
            self.admin_update_user_attributes(request).await?;
        }
        if let SeedPassword::Permanent(password) = &wanted.password
            && repair.sets_password
        {
            let request = AdminSetUserPassword {
                pool_id: pool_id.clone(),
                username: wanted.username.clone(),
                password: password.clone(),
                is_permanent: true,
            };
            self.admin_set_user_password(request).await?;
        }
        match repair.sets_enabled {
            Some(true) => self.admin_enable_user(pool_id, &wanted.username).await?,
            Some(false) => self.admin_disable_user(pool_id, &wanted.username).await?,
            None => {}
        }
        Ok(())
    }

    /// The user as an administrator makes them, with the subject and the status that are wanted.
    async fn new_seed_user(
        &self,
        pool: &UserPool,
        wanted: &SeedUser,
    ) -> Result<User, ServiceError> {
        let request = AdminCreateUser {
            pool_id: pool.id.clone(),
            username: wanted.username.clone(),
            temporary_password: None,
            attributes: wanted.attributes.clone(),
            message_action: Some(MessageAction::Suppress),
            channels: Vec::new(),
            forces_alias_creation: false,
        };
        let mut user = self.user_from_request(pool, &request).await?;
        if let Some(sub) = &wanted.sub {
            // Where an e-mail address stands for the name, the subject is the name.
            if user.username.as_str() == user.sub.as_str() {
                user.username = Username::new(sub.as_str());
            }
            user.sub = sub.clone();
        }
        user.status = match &wanted.password {
            SeedPassword::Temporary(_) => UserStatus::ForceChangePassword,
            _ if wanted.is_confirmed => UserStatus::Confirmed,
            _ => UserStatus::Unconfirmed,
        };
        Ok(user)
    }

    fn check_seed_password(&self, pool: &UserPool, wanted: &SeedUser) -> Result<(), ServiceError> {
        match &wanted.password {
            SeedPassword::Permanent(password) | SeedPassword::Temporary(password) => self
                .check_chosen_password(pool, password)
                .map_err(ServiceError::AdminPasswordPolicyViolated),
            SeedPassword::Hash(_) => Ok(()),
        }
    }
}

/// What the user has to be given. A new address comes with what the seed says of its
/// verification, which it would lose otherwise.
fn different_attributes(user: &User, wanted: &SeedUser) -> Vec<AttributeWrite> {
    let is_different = |name: &str| {
        let value = wanted.attributes.get(name).map(String::as_str);
        value.is_some() && user.attribute(name) != value
    };
    let goes_along = |name: &str| {
        [ContactAttribute::Email, ContactAttribute::PhoneNumber]
            .iter()
            .any(|contact| contact.verification_flag() == name && is_different(contact.name()))
    };
    let entries = wanted.attributes.iter();
    entries
        .filter(|(name, _)| is_different(name) || goes_along(name))
        .map(|(name, value)| AttributeWrite {
            name: name.clone(),
            value: Some(value.clone()),
        })
        .collect()
}
