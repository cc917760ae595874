//! Resource servers.

use async_trait::async_trait;
use poolhouse_model::{ResourceServer, UserPoolId};
use poolhouse_storage::{Conflict, PageRequest, ResourceServers};

use super::{Result, user_pools};
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::{Row, json};

const ENTITY: &str = "resource server";

statements! {
    INSERT = "INSERT INTO resource_servers (pool_id, identifier, name, scopes, version) \
              VALUES (?1, ?2, ?3, ?4, ?5)";
    UPDATE = "UPDATE resource_servers SET name = ?3, scopes = ?4, version = ?5 \
              WHERE pool_id = ?1 AND identifier = ?2 AND version = ?6";
    DELETE = "DELETE FROM resource_servers WHERE pool_id = ?1 AND identifier = ?2";
    FIND = "SELECT pool_id, identifier, name, scopes, version FROM resource_servers \
            WHERE pool_id = ?1 AND identifier = ?2";
    LIST = "SELECT pool_id, identifier, name, scopes, version FROM resource_servers \
            WHERE pool_id = ?1 AND identifier > ?2 ORDER BY identifier LIMIT ?3";
    COUNT = "SELECT count(*) FROM resource_servers WHERE pool_id = ?1";
}

/// Adds a resource server.
pub(super) fn create(server: &ResourceServer) -> Result<Vec<Statement>> {
    let row = params![
        server.pool_id.as_str(),
        server.identifier.as_str(),
        server.name.as_str(),
        json(ENTITY, &server.scopes)?,
        server.version,
    ];
    Ok(vec![
        user_pools::require(&server.pool_id),
        Statement::one(INSERT, row, Conflict::ResourceServerExists),
    ])
}

/// Replaces a resource server.
pub(super) fn update(server: &ResourceServer) -> Result<Statement> {
    let row = params![
        server.pool_id.as_str(),
        server.identifier.as_str(),
        server.name.as_str(),
        json(ENTITY, &server.scopes)?,
        server.version,
        server.version - 1,
    ];
    Ok(Statement::one(UPDATE, row, Conflict::Stale))
}

/// Removes a resource server.
pub(super) fn delete(pool_id: &UserPoolId, identifier: &str) -> Statement {
    let key = params![pool_id.as_str(), identifier];
    Statement::one(DELETE, key, Conflict::Stale)
}

fn from_row(row: Row) -> Result<ResourceServer> {
    let mut columns = row.read(ENTITY);
    Ok(ResourceServer {
        pool_id: UserPoolId::new(columns.text()?),
        identifier: columns.text()?,
        name: columns.text()?,
        scopes: columns.json()?,
        version: columns.integer()?,
    })
}

#[async_trait]
impl ResourceServers for SqlStorage {
    async fn find_resource_server(
        &self,
        pool: &UserPoolId,
        identifier: &str,
    ) -> Result<Option<ResourceServer>> {
        let key = params![pool.as_str(), identifier];
        let row = self.db.query_one(FIND, &key).await?;
        row.map(from_row).transpose()
    }

    async fn list_resource_servers(
        &self,
        pool: &UserPoolId,
        page: &PageRequest,
    ) -> Result<Vec<ResourceServer>> {
        let after = page.after.as_deref().unwrap_or_default();
        let params = params![pool.as_str(), after, page.limit];
        let rows = self.db.query(LIST, &params).await?;
        rows.into_iter().map(from_row).collect()
    }

    async fn count_resource_servers(&self, pool: &UserPoolId) -> Result<u64> {
        let row = self.db.query_one(COUNT, &params![pool.as_str()]).await?;
        let count = row.map_or(Ok(0), |row| row.read(ENTITY).integer())?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
