//! Browsers that signed in.

use poolhouse_model::{BrowserSession, Sub, UserPoolId};
use poolhouse_storage::Conflict;

use super::Result;
use crate::db::Db;
use crate::statement::{Statement, params, statements};
use crate::value::Row;

statements! {
    INSERT = "INSERT INTO browser_sessions (pool_id, cookie_hash, sub, token_generation, \
              authenticated_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    DELETE = "DELETE FROM browser_sessions WHERE pool_id = ?1 AND cookie_hash = ?2";
    FIND = "SELECT pool_id, cookie_hash, sub, token_generation, authenticated_at, expires_at \
            FROM browser_sessions WHERE pool_id = ?1 AND cookie_hash = ?2";
}

/// Adds a browser session.
pub(super) fn create(browser: &BrowserSession) -> Statement {
    let row = params![
        browser.pool_id.as_str(),
        browser.cookie_hash.as_slice(),
        browser.sub.as_str(),
        browser.token_generation,
        browser.authenticated_at,
        browser.expires_at,
    ];
    Statement::one(INSERT, row, Conflict::Stale)
}

/// Ends a browser session.
pub(super) fn delete(pool_id: &UserPoolId, cookie_hash: &[u8]) -> Statement {
    Statement::any(DELETE, params![pool_id.as_str(), cookie_hash])
}

/// Reads a browser session.
pub(super) async fn find(
    db: &Db,
    pool_id: &UserPoolId,
    cookie_hash: &[u8],
) -> Result<Option<BrowserSession>> {
    let key = params![pool_id.as_str(), cookie_hash];
    db.query_one(FIND, &key).await?.map(from_row).transpose()
}

fn from_row(row: Row) -> Result<BrowserSession> {
    let mut columns = row.read("browser session");
    Ok(BrowserSession {
        pool_id: UserPoolId::new(columns.text()?),
        cookie_hash: columns.blob()?,
        sub: Sub::new(columns.text()?),
        token_generation: columns.integer()?,
        authenticated_at: columns.timestamp()?,
        expires_at: columns.timestamp()?,
    })
}
