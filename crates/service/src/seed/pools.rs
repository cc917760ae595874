//! Pools of a seed.

use poolhouse_model::{UserPool, UserPoolSettings};

use super::differences::{Plan, differences};
use super::{SeedPool, SeedProblem};
use crate::error::ServiceError;
use crate::service::Service;
use crate::user_pools::{
    CreateUserPool, UpdateUserPool, check_pool_settings, is_updated_setting, updated_settings,
};

impl Service {
    /// Gives the pool as it will be, and what has to be done for it.
    pub(super) async fn plan_pool(
        &self,
        wanted: &SeedPool,
    ) -> Result<(UserPool, Plan), SeedProblem> {
        self.require_seeds()?;
        check_pool_settings(&wanted.settings)?;
        let found = self.storage.find_user_pool(&wanted.id).await;
        let Some(pool) = found.map_err(ServiceError::from)? else {
            return Ok((self.prospective_pool(wanted), Plan::Create));
        };
        if let Some(name) = fixed_difference(&pool.settings, &wanted.settings) {
            return differs(&format!("it has another {name}"));
        }
        let settings = updated_settings(&pool.settings, wanted.settings.clone());
        check_pool_settings(&settings)?;
        let mut found = differences("name", &pool.name, &wanted.name);
        found.extend(differences("settings", &pool.settings, &settings));
        let changed = UserPool {
            name: wanted.name.clone(),
            settings,
            ..pool
        };
        Ok((changed, Plan::of(found)))
    }

    /// Makes a pool.
    pub(super) async fn create_seed_pool(&self, wanted: &SeedPool) -> Result<(), SeedProblem> {
        let request = CreateUserPool {
            name: wanted.name.clone(),
            region: None,
            settings: wanted.settings.clone(),
        };
        self.create_user_pool_as(Some(wanted.id.clone()), request)
            .await?;
        Ok(())
    }

    /// Puts name and settings right.
    pub(super) async fn update_seed_pool(&self, wanted: &SeedPool) -> Result<(), SeedProblem> {
        let request = UpdateUserPool {
            pool_id: wanted.id.clone(),
            name: Some(wanted.name.clone()),
            settings: wanted.settings.clone(),
        };
        self.update_user_pool(request).await?;
        Ok(())
    }

    fn prospective_pool(&self, wanted: &SeedPool) -> UserPool {
        let now = self.now();
        UserPool {
            id: wanted.id.clone(),
            name: wanted.name.clone(),
            created_at: now,
            updated_at: now,
            version: 1,
            settings: wanted.settings.clone(),
        }
    }
}

/// Names a setting that is fixed for the life of a pool and differs. Attributes that the pool has
/// got since it was made, and that the seed does not name, are left alone.
fn fixed_difference(old: &UserPoolSettings, new: &UserPoolSettings) -> Option<String> {
    if old.username_attributes != new.username_attributes {
        return Some("UsernameAttributes".to_owned());
    }
    if old.alias_attributes != new.alias_attributes {
        return Some("AliasAttributes".to_owned());
    }
    if old.is_case_sensitive != new.is_case_sensitive {
        return Some("UsernameConfiguration".to_owned());
    }
    let attribute = new.schema.iter().find(|one| !old.schema.contains(one));
    if let Some(attribute) = attribute {
        return Some(format!("Schema for the attribute {}", attribute.name));
    }
    let mut kept = new.kept.iter();
    let kept =
        kept.find(|(name, value)| !is_updated_setting(name) && old.kept.get(*name) != Some(*value));
    kept.map(|(name, _)| name.clone())
}

/// Says how what is there is not what the seed says, where nothing can change it.
pub(super) fn differs<T>(how: &str) -> Result<T, SeedProblem> {
    Err(SeedProblem::Differs(format!(
        "{how}, which cannot be changed: delete it first, or say in the seed what is there"
    )))
}
