//! Which scopes exist at this moment.

use std::collections::BTreeMap;

use poolhouse_model::{ResourceServer, UserPoolId};
use poolhouse_oauth::scope::{ScopeKind, Scopes};

use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Keeps the scopes that exist: the service's own, and custom ones that a resource server of
    /// the pool has. Reads nothing when none is custom.
    /// Source: AWS page "Scopes, M2M, and resource servers": a scope that was deleted is left out
    /// of tokens, and comes back with the scope.
    pub(crate) async fn existing_scopes(
        &self,
        pool_id: &UserPoolId,
        scopes: Scopes,
    ) -> Result<Scopes, ServiceError> {
        let mut servers: BTreeMap<String, Option<ResourceServer>> = BTreeMap::new();
        for scope in scopes.iter() {
            let ScopeKind::Custom {
                resource_server, ..
            } = ScopeKind::of(scope)
            else {
                continue;
            };
            if !servers.contains_key(resource_server) {
                let found = self.storage.find_resource_server(pool_id, resource_server);
                servers.insert(resource_server.to_owned(), found.await?);
            }
        }
        Ok(scopes.retain(|scope| match ScopeKind::of(scope) {
            ScopeKind::OpenidConnect | ScopeKind::UserAdmin => true,
            ScopeKind::Custom {
                resource_server,
                name,
            } => servers
                .get(resource_server)
                .and_then(Option::as_ref)
                .is_some_and(|server| server.has_scope(name)),
            ScopeKind::Unknown => false,
        }))
    }
}
