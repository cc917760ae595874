//! Resource servers.

use poolhouse_api_model::types::{ResourceServerScopeType, ResourceServerType};
use poolhouse_model::{ResourceServer, ResourceServerScope, UserPoolId};

/// Reads a resource server as a call describes it.
pub(crate) fn from_wire(
    pool_id: UserPoolId,
    identifier: String,
    name: String,
    scopes: Option<Vec<ResourceServerScopeType>>,
) -> ResourceServer {
    let scopes = scopes.unwrap_or_default().into_iter();
    let scopes = scopes.map(|scope| ResourceServerScope {
        name: scope.scope_name,
        description: scope.scope_description,
    });
    ResourceServer {
        pool_id,
        identifier,
        name,
        scopes: scopes.collect(),
        version: 0,
    }
}

/// Describes a resource server.
/// Inferred: the list of scopes is there though it is empty.
pub(crate) fn to_wire(server: &ResourceServer) -> ResourceServerType {
    let scopes = server.scopes.iter().map(|scope| ResourceServerScopeType {
        scope_name: scope.name.clone(),
        scope_description: scope.description.clone(),
    });
    ResourceServerType {
        user_pool_id: Some(server.pool_id.as_str().to_owned()),
        identifier: Some(server.identifier.clone()),
        name: Some(server.name.clone()),
        scopes: Some(scopes.collect()),
        managed_by: None,
    }
}
