//! Resource servers of a seed.

use std::collections::BTreeMap;

use poolhouse_model::{AppClientSettings, ResourceServer, UserPool};
use poolhouse_oauth::scope::ScopeKind;

use super::differences::{Plan, differences};
use super::{SeedPool, SeedProblem, SeedResourceServer};
use crate::error::ServiceError;
use crate::resource_servers::check_scopes;
use crate::service::Service;

impl Service {
    /// Says what has to be done for the resource server.
    pub(super) async fn plan_resource_server(
        &self,
        pool: &UserPool,
        wanted: &SeedResourceServer,
    ) -> Result<Plan, SeedProblem> {
        let wanted = &wanted.server;
        let found = self
            .storage
            .find_resource_server(&pool.id, &wanted.identifier)
            .await;
        check_scopes(&wanted.scopes)?;
        let Some(found) = found.map_err(ServiceError::from)? else {
            return Ok(Plan::Create);
        };
        let mut different = differences("name", &found.name, &wanted.name);
        let scopes = |server: &ResourceServer| -> BTreeMap<String, String> {
            let scopes = server.scopes.iter();
            scopes
                .map(|scope| (scope.name.clone(), scope.description.clone()))
                .collect()
        };
        different.extend(differences("scopes", &scopes(&found), &scopes(wanted)));
        Ok(Plan::of(different))
    }

    /// Puts a resource server right.
    pub(super) async fn update_seed_resource_server(
        &self,
        wanted: &SeedResourceServer,
    ) -> Result<(), SeedProblem> {
        self.update_resource_server(wanted.server.clone()).await?;
        Ok(())
    }

    /// Makes a resource server.
    pub(super) async fn create_seed_resource_server(
        &self,
        wanted: &SeedResourceServer,
    ) -> Result<(), SeedProblem> {
        self.create_resource_server(wanted.server.clone()).await?;
        Ok(())
    }

    /// Checks that the scopes of a client exist, or will after the seed.
    pub(super) async fn check_seed_scopes(
        &self,
        pool: &SeedPool,
        settings: &AppClientSettings,
    ) -> Result<(), ServiceError> {
        let is_seeded = |scope: &String| match ScopeKind::of(scope) {
            ScopeKind::Custom {
                resource_server,
                name,
            } => pool
                .resource_servers
                .iter()
                .any(|one| one.server.identifier == resource_server && one.server.has_scope(name)),
            _ => false,
        };
        let mut others = settings.clone();
        others
            .allowed_oauth_scopes
            .retain(|scope| !is_seeded(scope));
        self.check_scopes_exist(&pool.id, &others).await
    }
}
