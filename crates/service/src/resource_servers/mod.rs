//! Resource servers and the custom scopes that belong to them.

mod create_resource_server;
mod delete_resource_server;
mod describe_resource_server;
mod existing_scopes;
mod list_resource_servers;
mod update_resource_server;

pub use list_resource_servers::ResourceServerPage;

use poolhouse_model::ResourceServerScope;

use crate::error::ServiceError;

/// Resource servers that a pool can have.
/// Source: AWS page "Quotas in Amazon Cognito": 25, and up to 300 on request.
const MAX_RESOURCE_SERVERS: u64 = 300;

/// Refuses a name that comes twice. How many there are and what they look like is checked where
/// they come in.
/// # Errors
/// [`ServiceError::InvalidInput`].
/// Inferred: the refusal, and its text.
pub(crate) fn check_scopes(scopes: &[ResourceServerScope]) -> Result<(), ServiceError> {
    for (index, scope) in scopes.iter().enumerate() {
        if scopes[..index].iter().any(|other| other.name == scope.name) {
            return Err(ServiceError::InvalidInput(format!(
                "The scope {} is given twice.",
                scope.name
            )));
        }
    }
    Ok(())
}
