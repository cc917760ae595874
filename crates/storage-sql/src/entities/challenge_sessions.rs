//! Challenges that wait for their answer.

use poolhouse_model::{ChallengeSession, Timestamp, UserPoolId};
use poolhouse_storage::Conflict;

use super::Result;
use crate::db::Db;
use crate::statement::{Statement, params, statements};
use crate::value::Row;

statements! {
    INSERT = "INSERT INTO challenge_sessions (pool_id, id, expires_at, tries, spent_at) \
              VALUES (?1, ?2, ?3, ?4, ?5)";
    COUNT_TRY = "UPDATE challenge_sessions SET tries = tries + 1 WHERE pool_id = ?1 AND id = ?2 \
                 AND spent_at IS NULL AND expires_at > ?3 AND tries < ?4";
    SPEND = "UPDATE challenge_sessions SET spent_at = ?3 WHERE pool_id = ?1 AND id = ?2 \
             AND spent_at IS NULL AND expires_at > ?3";
    FIND = "SELECT pool_id, id, expires_at, tries, spent_at FROM challenge_sessions \
            WHERE pool_id = ?1 AND id = ?2";
}

/// Adds a challenge.
pub(super) fn create(challenge: &ChallengeSession) -> Statement {
    let row = params![
        challenge.pool_id.as_str(),
        challenge.id.as_str(),
        challenge.expires_at,
        challenge.tries,
        challenge.spent_at,
    ];
    Statement::one(INSERT, row, Conflict::ChallengeSpent)
}

/// Counts an answer before it is looked at.
pub(super) fn count_try(
    pool_id: &UserPoolId,
    id: &str,
    max_tries: i64,
    at: Timestamp,
) -> Statement {
    let params = params![pool_id.as_str(), id, at, max_tries];
    Statement::one(COUNT_TRY, params, Conflict::ChallengeSpent)
}

/// Spends a challenge.
pub(super) fn spend(pool_id: &UserPoolId, id: &str, at: Timestamp) -> Statement {
    let params = params![pool_id.as_str(), id, at];
    Statement::one(SPEND, params, Conflict::ChallengeSpent)
}

/// Reads a challenge.
pub(super) async fn find(
    db: &Db,
    pool_id: &UserPoolId,
    id: &str,
) -> Result<Option<ChallengeSession>> {
    let key = params![pool_id.as_str(), id];
    db.query_one(FIND, &key).await?.map(from_row).transpose()
}

fn from_row(row: Row) -> Result<ChallengeSession> {
    let mut columns = row.read("challenge");
    Ok(ChallengeSession {
        pool_id: UserPoolId::new(columns.text()?),
        id: columns.text()?,
        expires_at: columns.timestamp()?,
        tries: columns.integer()?,
        spent_at: columns.optional_timestamp()?,
    })
}
