//! Passwords that users had before.

use async_trait::async_trait;
use poolhouse_model::{FormerPassword, Sub, UserPoolId};
use poolhouse_storage::{Conflict, PasswordHistory};

use super::Result;
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::Row;

statements! {
    INSERT = "INSERT INTO password_history (pool_id, sub, replaced_by_version, hash, \
              replaced_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    FORGET = "DELETE FROM password_history \
              WHERE pool_id = ?1 AND sub = ?2 AND replaced_by_version <= ?3";
    LIST = "SELECT pool_id, sub, replaced_by_version, hash, replaced_at FROM password_history \
            WHERE pool_id = ?1 AND sub = ?2 ORDER BY replaced_by_version DESC LIMIT ?3";
}

/// Remembers a password, and forgets those that are too old.
pub(super) fn remember(former: &FormerPassword, forget_through: Option<i64>) -> Vec<Statement> {
    let row = params![
        former.pool_id.as_str(),
        former.sub.as_str(),
        former.replaced_by_version,
        former.hash.as_str(),
        former.replaced_at,
    ];
    let mut statements = vec![Statement::one(INSERT, row, Conflict::Stale)];
    statements.extend(forget_through.map(|version| {
        let key = params![former.pool_id.as_str(), former.sub.as_str(), version];
        Statement::any(FORGET, key)
    }));
    statements
}

fn from_row(row: Row) -> Result<FormerPassword> {
    let mut columns = row.read("former password");
    Ok(FormerPassword {
        pool_id: UserPoolId::new(columns.text()?),
        sub: Sub::new(columns.text()?),
        replaced_by_version: columns.integer()?,
        hash: columns.text()?,
        replaced_at: columns.timestamp()?,
    })
}

#[async_trait]
impl PasswordHistory for SqlStorage {
    async fn list_former_passwords(
        &self,
        pool: &UserPoolId,
        sub: &Sub,
        limit: u32,
    ) -> Result<Vec<FormerPassword>> {
        let params = params![pool.as_str(), sub.as_str(), limit];
        let rows = self.db.query(LIST, &params).await?;
        rows.into_iter().map(from_row).collect()
    }
}
