//! Pools of a seed.

use poolhouse_model::UserPool;

use super::{SeedPool, SeedProblem};
use crate::error::ServiceError;
use crate::service::Service;
use crate::user_pools::{CreateUserPool, check_pool_settings};

impl Service {
    /// Gives the pool as it will be, and whether it has yet to be made.
    pub(super) async fn plan_pool(
        &self,
        wanted: &SeedPool,
    ) -> Result<(UserPool, bool), SeedProblem> {
        self.require_seeds()?;
        check_pool_settings(&wanted.settings)?;
        let found = self.storage.find_user_pool(&wanted.id).await;
        let Some(pool) = found.map_err(ServiceError::from)? else {
            return Ok((self.prospective_pool(wanted), true));
        };
        if pool.name != wanted.name {
            return differs(&format!("it has the name {:?}", pool.name));
        }
        if pool.settings != wanted.settings {
            return differs("it has other settings");
        }
        Ok((pool, false))
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

/// Says how what is there is not what the seed says.
pub(super) fn differs<T>(how: &str) -> Result<T, SeedProblem> {
    Err(SeedProblem::Differs(format!(
        "{how}, which a seed does not change: change it by the API, or delete it first"
    )))
}
