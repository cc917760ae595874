//! Resource servers of a seed.

use poolhouse_model::{AppClientSettings, UserPool};

use super::pools::differs;
use super::{SeedPool, SeedProblem, SeedResourceServer};
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Says whether the resource server has yet to be made.
    pub(super) async fn plan_resource_server(
        &self,
        pool: &UserPool,
        wanted: &SeedResourceServer,
    ) -> Result<bool, SeedProblem> {
        let identifier = &wanted.server.identifier;
        let found = self
            .storage
            .find_resource_server(&pool.id, identifier)
            .await;
        let Some(found) = found.map_err(ServiceError::from)? else {
            return Ok(true);
        };
        if found.name != wanted.server.name || found.scopes != wanted.server.scopes {
            return differs("it has another name or other scopes");
        }
        Ok(false)
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
        let is_seeded = |scope: &String| {
            let servers = pool.resource_servers.iter().map(|one| &one.server);
            servers.into_iter().any(|server| {
                let name = scope.strip_prefix(server.identifier.as_str());
                let name = name.and_then(|rest| rest.strip_prefix('/'));
                name.is_some_and(|name| server.has_scope(name))
            })
        };
        let mut others = settings.clone();
        others
            .allowed_oauth_scopes
            .retain(|scope| !is_seeded(scope));
        self.check_scopes_exist(&pool.id, &others).await
    }
}
