//! Care of the store itself.

use async_trait::async_trait;
use poolhouse_model::Timestamp;
use poolhouse_storage::{Housekeeping, StorageError};

use super::Result;
use crate::SqlStorage;
use crate::db::Db;
use crate::statement::{Statement, params, statements};
use crate::value::Value;

const ENTITY: &str = "store value";

/// Rows that one transaction removes, so that other writes wait little.
const ROWS_PER_PURGE: usize = 200;

statements! {
    FIND_VALUE = "SELECT value FROM store_values WHERE name = ?1";
    PUT_VALUE_ONCE = "INSERT INTO store_values (name, value) VALUES (?1, ?2) \
        ON CONFLICT (name) DO NOTHING";
    ENDED_TOKEN_FAMILIES = "SELECT pool_id, origin_jti FROM token_families \
        WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2";
    PURGE_TOKEN_FAMILIES = "DELETE FROM token_families \
        WHERE pool_id = ?1 AND origin_jti = ?2 AND expires_at < ?3";
    ENDED_AUTHORIZATION_CODES = "SELECT pool_id, code_hash FROM authorization_codes \
        WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2";
    PURGE_AUTHORIZATION_CODES = "DELETE FROM authorization_codes \
        WHERE pool_id = ?1 AND code_hash = ?2 AND expires_at < ?3";
    ENDED_CHALLENGE_SESSIONS = "SELECT pool_id, id FROM challenge_sessions \
        WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2";
    PURGE_CHALLENGE_SESSIONS = "DELETE FROM challenge_sessions \
        WHERE pool_id = ?1 AND id = ?2 AND expires_at < ?3";
    ENDED_BROWSER_SESSIONS = "SELECT pool_id, cookie_hash FROM browser_sessions \
        WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2";
    PURGE_BROWSER_SESSIONS = "DELETE FROM browser_sessions \
        WHERE pool_id = ?1 AND cookie_hash = ?2 AND expires_at < ?3";
    ENDED_LOCKOUTS = "SELECT pool_id, name_key FROM lockouts \
        WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2";
    PURGE_LOCKOUTS = "DELETE FROM lockouts \
        WHERE pool_id = ?1 AND name_key = ?2 AND expires_at < ?3";
    ENDED_CONFIRMATION_CODES = "SELECT pool_id, sub, purpose FROM confirmation_codes \
        WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2";
    PURGE_CONFIRMATION_CODES = "DELETE FROM confirmation_codes \
        WHERE pool_id = ?1 AND sub = ?2 AND purpose = ?3 AND expires_at < ?4";
    ENDED_OUTBOX = "SELECT pool_id, id FROM outbox \
        WHERE expires_at < ?1 ORDER BY expires_at LIMIT ?2";
    PURGE_OUTBOX = "DELETE FROM outbox \
        WHERE pool_id = ?1 AND id = ?2 AND expires_at < ?3";
}

/// What ends by itself: the statement that finds keys of ended rows, and the one that removes one.
/// The second names the pool and checks the end again, as the row may have been renewed.
const ENDING: [(&str, &str); 7] = [
    (ENDED_TOKEN_FAMILIES, PURGE_TOKEN_FAMILIES),
    (ENDED_AUTHORIZATION_CODES, PURGE_AUTHORIZATION_CODES),
    (ENDED_CHALLENGE_SESSIONS, PURGE_CHALLENGE_SESSIONS),
    (ENDED_BROWSER_SESSIONS, PURGE_BROWSER_SESSIONS),
    (ENDED_LOCKOUTS, PURGE_LOCKOUTS),
    (ENDED_CONFIRMATION_CODES, PURGE_CONFIRMATION_CODES),
    (ENDED_OUTBOX, PURGE_OUTBOX),
];

#[async_trait]
impl Housekeeping for SqlStorage {
    async fn purge_expired(&self, now: Timestamp, limit: u32) -> Result<u64> {
        let mut left = limit;
        for (find, purge) in ENDING {
            if left == 0 {
                break;
            }
            let keys = self.db.query(find, &params![now, left]).await?;
            left = left.saturating_sub(u32::try_from(keys.len()).unwrap_or(u32::MAX));
            for keys in keys.chunks(ROWS_PER_PURGE) {
                let remove = |key: &crate::value::Row| {
                    let mut params = key.0.clone();
                    params.push(Value::from(now));
                    Statement::any(purge, params)
                };
                self.db.write(keys.iter().map(remove).collect()).await?;
            }
        }
        Ok(u64::from(limit - left))
    }

    async fn check_health(&self) -> Result<()> {
        match &self.db {
            Db::Sqlite(sqlite) => sqlite.check_health(),
            Db::Postgres(postgres) => postgres.check_health().await,
        }
    }

    async fn find_store_value(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let row = self.db.query_one(FIND_VALUE, &params![name]).await?;
        row.map(|row| row.read(ENTITY).blob()).transpose()
    }

    async fn put_store_value_once(&self, name: &str, value: &[u8]) -> Result<Vec<u8>> {
        let put = Statement::any(PUT_VALUE_ONCE, params![name, value]);
        self.db.write(vec![put]).await?;
        let in_force = self.find_store_value(name).await?;
        in_force.ok_or_else(|| StorageError::Unreadable {
            entity: ENTITY,
            detail: "it is gone".to_owned(),
        })
    }

    fn describe(&self) -> String {
        match &self.db {
            Db::Sqlite(sqlite) => match sqlite.data_dir() {
                Some(data_dir) => format!("sqlite {}", data_dir.display()),
                None => "sqlite in memory".to_owned(),
            },
            Db::Postgres(postgres) => postgres.describe(),
        }
    }
}
