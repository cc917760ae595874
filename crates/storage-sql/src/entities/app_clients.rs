//! App clients and their directory.

use async_trait::async_trait;
use poolhouse_model::{AppClient, ClientId, UserPoolId};
use poolhouse_storage::{AppClients, Conflict, PageRequest};

use super::{Result, ui_customizations, user_pools};
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::{Row, json};

const ENTITY: &str = "app client";

statements! {
    INSERT = "INSERT INTO app_clients (pool_id, client_id, name, sealed_secret, created_at, \
              updated_at, version, settings) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    INSERT_DIRECTORY = "INSERT INTO client_directory (client_id, pool_id) VALUES (?1, ?2)";
    UPDATE = "UPDATE app_clients SET name = ?3, sealed_secret = ?4, updated_at = ?5, \
              version = ?6, settings = ?7 WHERE pool_id = ?1 AND client_id = ?2 AND version = ?8";
    EXISTS = "SELECT 1 FROM app_clients WHERE pool_id = ?1 AND client_id = ?2 \
              /* FOR KEY SHARE */";
    DELETE = "DELETE FROM app_clients WHERE pool_id = ?1 AND client_id = ?2";
    DELETE_DIRECTORY = "DELETE FROM client_directory WHERE client_id = ?1 AND pool_id = ?2";
    DELETE_FAMILIES = "DELETE FROM token_families WHERE pool_id = ?1 AND client_id = ?2";
    DELETE_CODES = "DELETE FROM authorization_codes WHERE pool_id = ?1 AND client_id = ?2";
    FIND = "SELECT client_id, pool_id, name, sealed_secret, created_at, updated_at, version, \
            settings FROM app_clients WHERE pool_id = ?1 AND client_id = ?2";
    FIND_VERSION = "SELECT version FROM app_clients WHERE pool_id = ?1 AND client_id = ?2";
    FIND_POOL = "SELECT pool_id FROM client_directory WHERE client_id = ?1";
    LIST = "SELECT client_id, pool_id, name, sealed_secret, created_at, updated_at, version, \
            settings FROM app_clients WHERE pool_id = ?1 AND client_id > ?2 \
            ORDER BY client_id LIMIT ?3";
}

/// Fails the write unless the client is there until the commit.
pub(super) fn require(pool_id: &UserPoolId, client_id: &ClientId) -> Statement {
    let key = params![pool_id.as_str(), client_id.as_str()];
    Statement::one(EXISTS, key, Conflict::Stale)
}

/// Adds a client and its entry in the directory.
pub(super) fn create(client: &AppClient) -> Result<Vec<Statement>> {
    let directory = params![client.id.as_str(), client.pool_id.as_str()];
    let row = params![
        client.pool_id.as_str(),
        client.id.as_str(),
        client.name.as_str(),
        client.sealed_secret.clone(),
        client.created_at,
        client.updated_at,
        client.version,
        json(ENTITY, &client.settings)?,
    ];
    Ok(vec![
        user_pools::require(&client.pool_id),
        Statement::one(INSERT_DIRECTORY, directory, Conflict::AppClientExists),
        Statement::one(INSERT, row, Conflict::AppClientExists),
    ])
}

/// Replaces a client.
pub(super) fn update(client: &AppClient) -> Result<Statement> {
    let row = params![
        client.pool_id.as_str(),
        client.id.as_str(),
        client.name.as_str(),
        client.sealed_secret.clone(),
        client.updated_at,
        client.version,
        json(ENTITY, &client.settings)?,
        client.version - 1,
    ];
    Ok(Statement::one(UPDATE, row, Conflict::Stale))
}

/// Removes a client with its families, codes and look.
pub(super) fn delete(pool_id: &UserPoolId, client_id: &ClientId) -> Vec<Statement> {
    let key = || params![pool_id.as_str(), client_id.as_str()];
    vec![
        Statement::one(DELETE, key(), Conflict::Stale),
        Statement::any(
            DELETE_DIRECTORY,
            params![client_id.as_str(), pool_id.as_str()],
        ),
        Statement::any(DELETE_FAMILIES, key()),
        Statement::any(DELETE_CODES, key()),
        ui_customizations::delete(pool_id, client_id),
    ]
}

fn from_row(row: Row) -> Result<AppClient> {
    let mut columns = row.read(ENTITY);
    Ok(AppClient {
        id: ClientId::new(columns.text()?),
        pool_id: UserPoolId::new(columns.text()?),
        name: columns.text()?,
        sealed_secret: columns.optional_blob()?,
        created_at: columns.timestamp()?,
        updated_at: columns.timestamp()?,
        version: columns.integer()?,
        settings: columns.json()?,
    })
}

#[async_trait]
impl AppClients for SqlStorage {
    async fn find_app_client(&self, pool: &UserPoolId, id: &ClientId) -> Result<Option<AppClient>> {
        let key = params![pool.as_str(), id.as_str()];
        let row = self.db.query_one(FIND, &key).await?;
        row.map(from_row).transpose()
    }

    async fn find_app_client_version(
        &self,
        pool: &UserPoolId,
        id: &ClientId,
    ) -> Result<Option<i64>> {
        let key = params![pool.as_str(), id.as_str()];
        let row = self.db.query_one(FIND_VERSION, &key).await?;
        row.map(|row| row.read(ENTITY).integer()).transpose()
    }

    async fn find_pool_of_client(&self, id: &ClientId) -> Result<Option<UserPoolId>> {
        let row = self.db.query_one(FIND_POOL, &params![id.as_str()]).await?;
        row.map(|row| row.read(ENTITY).text().map(UserPoolId::new))
            .transpose()
    }

    async fn list_app_clients(
        &self,
        pool: &UserPoolId,
        page: &PageRequest,
    ) -> Result<Vec<AppClient>> {
        let after = page.after.as_deref().unwrap_or_default();
        let params = params![pool.as_str(), after, page.limit];
        let rows = self.db.query(LIST, &params).await?;
        rows.into_iter().map(from_row).collect()
    }
}
