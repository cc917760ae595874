//! User pools.

use async_trait::async_trait;
use poolhouse_model::{PoolKey, Region, UserPool, UserPoolId};
use poolhouse_storage::{Conflict, PageRequest, UserPools};

use super::{Result, pool_keys};
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::{Row, json};

const ENTITY: &str = "user pool";

statements! {
    INSERT = "INSERT INTO user_pools (pool_id, name, created_at, updated_at, version, settings) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    UPDATE = "UPDATE user_pools SET name = ?2, updated_at = ?3, version = ?4, settings = ?5 \
              WHERE pool_id = ?1 AND version = ?6";
    DELETE = "DELETE FROM user_pools WHERE pool_id = ?1";
    EXISTS = "SELECT 1 FROM user_pools WHERE pool_id = ?1 /* FOR KEY SHARE */";
    FIND = "SELECT pool_id, name, created_at, updated_at, version, settings \
            FROM user_pools WHERE pool_id = ?1";
    FIND_VERSION = "SELECT version FROM user_pools WHERE pool_id = ?1";
    LIST = "SELECT pool_id, name, created_at, updated_at, version, settings \
            FROM user_pools WHERE pool_id > ?1 AND pool_id < ?2 ORDER BY pool_id LIMIT ?3";
    COUNT_USERS = "SELECT count(*) FROM users WHERE pool_id = ?1";
}

/// Fails the write unless the pool is there, and keeps it there until the commit.
pub(super) fn require(pool_id: &UserPoolId) -> Statement {
    Statement::one(EXISTS, params![pool_id.as_str()], Conflict::Stale)
}

/// Adds a pool with its keys.
pub(super) fn create(pool: &UserPool, keys: &[PoolKey]) -> Result<Vec<Statement>> {
    let row = params![
        pool.id.as_str(),
        pool.name.as_str(),
        pool.created_at,
        pool.updated_at,
        pool.version,
        json(ENTITY, &pool.settings)?,
    ];
    let mut statements = vec![Statement::one(INSERT, row, Conflict::UserPoolExists)];
    statements.extend(keys.iter().map(pool_keys::insert));
    Ok(statements)
}

/// Replaces a pool's settings.
pub(super) fn update(pool: &UserPool) -> Result<Statement> {
    let row = params![
        pool.id.as_str(),
        pool.name.as_str(),
        pool.updated_at,
        pool.version,
        json(ENTITY, &pool.settings)?,
        pool.version - 1,
    ];
    Ok(Statement::one(UPDATE, row, Conflict::Stale))
}

/// Removes the row of a pool.
pub(super) fn delete(pool_id: &UserPoolId) -> Statement {
    Statement::one(DELETE, params![pool_id.as_str()], Conflict::Stale)
}

fn from_row(row: Row) -> Result<UserPool> {
    let mut columns = row.read(ENTITY);
    Ok(UserPool {
        id: UserPoolId::new(columns.text()?),
        name: columns.text()?,
        created_at: columns.timestamp()?,
        updated_at: columns.timestamp()?,
        version: columns.integer()?,
        settings: columns.json()?,
    })
}

#[async_trait]
impl UserPools for SqlStorage {
    async fn find_user_pool(&self, id: &UserPoolId) -> Result<Option<UserPool>> {
        let row = self.db.query_one(FIND, &params![id.as_str()]).await?;
        row.map(from_row).transpose()
    }

    async fn find_user_pool_version(&self, id: &UserPoolId) -> Result<Option<i64>> {
        let row = self
            .db
            .query_one(FIND_VERSION, &params![id.as_str()])
            .await?;
        row.map(|row| row.read(ENTITY).integer()).transpose()
    }

    async fn list_user_pools(&self, region: &Region, page: &PageRequest) -> Result<Vec<UserPool>> {
        // Ids start with the region and `_`; a back-quote is the character after `_`.
        let first = format!("{region}_");
        let end = format!("{region}`");
        let after = page.after.as_deref().unwrap_or_default().max(&first);
        let rows = self
            .db
            .query(LIST, &params![after, end, page.limit])
            .await?;
        rows.into_iter().map(from_row).collect()
    }

    async fn list_pool_keys(&self, id: &UserPoolId) -> Result<Vec<PoolKey>> {
        pool_keys::list(&self.db, id).await
    }

    async fn count_users(&self, id: &UserPoolId) -> Result<u64> {
        let row = self
            .db
            .query_one(COUNT_USERS, &params![id.as_str()])
            .await?;
        let count = row.map_or(Ok(0), |row| row.read("user").integer())?;
        Ok(u64::try_from(count).unwrap_or(0))
    }
}
