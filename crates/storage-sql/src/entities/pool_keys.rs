//! Sealed keys of pools.

use poolhouse_model::{PoolKey, PoolKeyUse, UserPoolId};
use poolhouse_storage::Conflict;

use super::Result;
use crate::db::Db;
use crate::statement::{Statement, params, statements};
use crate::value::Row;

statements! {
    INSERT = "INSERT INTO pool_keys (pool_id, key_id, key_use, sealed, created_at) \
              VALUES (?1, ?2, ?3, ?4, ?5)";
    LIST = "SELECT pool_id, key_id, key_use, sealed, created_at FROM pool_keys \
            WHERE pool_id = ?1 ORDER BY key_id";
}

/// Adds a key.
pub(super) fn insert(key: &PoolKey) -> Statement {
    let row = params![
        key.pool_id.as_str(),
        key.key_id.as_str(),
        key.key_use.as_str(),
        key.sealed.as_slice(),
        key.created_at,
    ];
    Statement::one(INSERT, row, Conflict::UserPoolExists)
}

/// Lists all keys of a pool.
pub(super) async fn list(db: &Db, pool_id: &UserPoolId) -> Result<Vec<PoolKey>> {
    let rows = db.query(LIST, &params![pool_id.as_str()]).await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: Row) -> Result<PoolKey> {
    let mut columns = row.read("pool key");
    Ok(PoolKey {
        pool_id: UserPoolId::new(columns.text()?),
        key_id: columns.text()?,
        key_use: columns.named(parse_key_use)?,
        sealed: columns.blob()?,
        created_at: columns.timestamp()?,
    })
}

fn parse_key_use(text: &str) -> Option<PoolKeyUse> {
    [
        PoolKeyUse::Data,
        PoolKeyUse::IdToken,
        PoolKeyUse::AccessToken,
    ]
    .into_iter()
    .find(|key_use| key_use.as_str() == text)
}
