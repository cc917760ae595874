//! Resource servers: the APIs that custom scopes belong to.

use serde::{Deserialize, Serialize};

use crate::ids::UserPoolId;

/// An API that access tokens of a pool open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceServer {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Its immutable identifier, often a URL; the first part of its scopes.
    pub identifier: String,
    /// What its owner calls it.
    pub name: String,
    /// Its scopes, in the order they were written.
    pub scopes: Vec<ResourceServerScope>,
    /// Rises by one with each change; guards writes.
    pub version: i64,
}

/// One thing that a resource server lets a caller do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceServerScope {
    /// Its name; with the identifier before it, `IDENTIFIER/NAME`, it is the scope.
    pub name: String,
    /// What its owner writes about it.
    pub description: String,
}

impl ResourceServer {
    /// Whether it has a scope of that name.
    pub fn has_scope(&self, name: &str) -> bool {
        self.scopes.iter().any(|scope| scope.name == name)
    }
}
