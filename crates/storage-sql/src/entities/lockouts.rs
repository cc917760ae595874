//! Counted failures per name.

use async_trait::async_trait;
use poolhouse_model::{Lockout, Timestamp, UserPoolId};
use poolhouse_storage::{Conflict, Lockouts, StorageError};

use super::Result;
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};

const ENTITY: &str = "lockout";

statements! {
    FIND = "SELECT failures, last_failure_at FROM lockouts \
            WHERE pool_id = ?1 AND name_key = ?2 AND expires_at > ?3";
    COUNT = "INSERT INTO lockouts (pool_id, name_key, failures, last_failure_at, \
             previous_failure_at, expires_at) VALUES (?1, ?2, 1, ?3, NULL, ?4) \
             ON CONFLICT (pool_id, name_key) DO UPDATE SET \
             failures = CASE WHEN lockouts.expires_at <= ?3 THEN 1 \
             ELSE lockouts.failures + 1 END, \
             previous_failure_at = CASE WHEN lockouts.expires_at <= ?3 THEN NULL \
             ELSE lockouts.last_failure_at END, \
             last_failure_at = excluded.last_failure_at, expires_at = excluded.expires_at \
             RETURNING failures, previous_failure_at";
    COUNT_MESSAGE = "INSERT INTO lockouts (pool_id, name_key, failures, last_failure_at, \
             previous_failure_at, expires_at) VALUES (?1, ?2, 1, ?3, NULL, ?4) \
             ON CONFLICT (pool_id, name_key) DO UPDATE SET failures = lockouts.failures + 1, \
             last_failure_at = excluded.last_failure_at WHERE lockouts.failures < ?5";
    DELETE = "DELETE FROM lockouts WHERE pool_id = ?1 AND name_key = ?2";
}

/// Gives a name's counted failures back.
pub(super) fn clear(pool_id: &UserPoolId, name_key: &str) -> Statement {
    Statement::any(DELETE, params![pool_id.as_str(), name_key])
}

/// Counts a message under a key of its window. The key names the window, so that a row is never
/// older than it.
pub(super) fn count_message(
    pool_id: &UserPoolId,
    name_key: &str,
    most: i64,
    (at, expires_at): (Timestamp, Timestamp),
) -> Statement {
    let params = params![pool_id.as_str(), name_key, at, expires_at, most];
    Statement::one(COUNT_MESSAGE, params, Conflict::MessageLimitReached)
}

#[async_trait]
impl Lockouts for SqlStorage {
    async fn find_lockout(
        &self,
        pool: &UserPoolId,
        name_key: &str,
        now: Timestamp,
    ) -> Result<Lockout> {
        let params = params![pool.as_str(), name_key, now];
        let Some(row) = self.db.query_one(FIND, &params).await? else {
            return Ok(Lockout::default());
        };
        let mut columns = row.read(ENTITY);
        Ok(Lockout {
            failures: columns.integer()?,
            last_failure_at: columns.optional_timestamp()?,
        })
    }

    async fn count_attempt(
        &self,
        pool: &UserPoolId,
        name_key: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Lockout> {
        let params = params![pool.as_str(), name_key, now, expires_at];
        let mut rows = self.db.write(vec![Statement::any(COUNT, params)]).await?;
        let Some(row) = rows.pop().and_then(|mut rows| rows.pop()) else {
            return Err(StorageError::Unreadable {
                entity: ENTITY,
                detail: "no row came back".to_owned(),
            });
        };
        let mut columns = row.read(ENTITY);
        Ok(Lockout {
            failures: columns.integer()? - 1,
            last_failure_at: columns.optional_timestamp()?,
        })
    }
}
