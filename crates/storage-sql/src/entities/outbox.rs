//! Messages on their way, and those kept for the inbox.

use async_trait::async_trait;
use poolhouse_model::{Channel, OutboxMessage, Timestamp, UserPoolId};
use poolhouse_storage::{Conflict, FailedMessages, Outbox};

use super::Result;
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::Row;

statements! {
    INSERT = "INSERT INTO outbox (pool_id, id, channel, recipient, sealed_content, created_at, \
              next_attempt_at, attempts, sent_at, last_error, expires_at) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    UPDATE = "UPDATE outbox SET next_attempt_at = ?3, sent_at = ?5, last_error = ?6 \
              WHERE pool_id = ?1 AND id = ?2 AND attempts = ?4";
    CLAIM = "UPDATE outbox SET attempts = attempts + 1, next_attempt_at = ?5 \
             WHERE pool_id = ?1 AND id = ?2 AND attempts = ?3 AND next_attempt_at <= ?4";
    DELETE_ALL = "DELETE FROM outbox";
    DELETE_TO = "DELETE FROM outbox WHERE recipient = ?1";
    LIST_DUE = "SELECT pool_id, id, channel, recipient, sealed_content, created_at, \
                next_attempt_at, attempts, sent_at, last_error, expires_at FROM outbox \
                WHERE channel = ?1 AND next_attempt_at IS NOT NULL AND next_attempt_at <= ?2 \
                ORDER BY next_attempt_at, id LIMIT ?3";
    LIST_RETRYING = "SELECT id FROM outbox WHERE last_error IS NOT NULL \
                     AND next_attempt_at >= 0 LIMIT ?1";
    LIST_GIVEN_UP = "SELECT id FROM outbox WHERE last_error IS NOT NULL \
                     AND next_attempt_at IS NULL LIMIT ?1";
    LIST = "SELECT pool_id, id, channel, recipient, sealed_content, created_at, \
            next_attempt_at, attempts, sent_at, last_error, expires_at FROM outbox \
            WHERE id > ?1 ORDER BY id DESC LIMIT ?2";
    LIST_TO = "SELECT pool_id, id, channel, recipient, sealed_content, created_at, \
               next_attempt_at, attempts, sent_at, last_error, expires_at FROM outbox \
               WHERE recipient = ?1 AND id > ?2 ORDER BY id DESC LIMIT ?3";
}

/// Adds a message.
pub(super) fn enqueue(message: &OutboxMessage) -> Statement {
    let row = params![
        message.pool_id.as_str(),
        message.id.as_str(),
        message.channel.as_str(),
        message.to.as_str(),
        message.sealed_content.as_slice(),
        message.created_at,
        message.next_attempt_at,
        message.attempts,
        message.sent_at,
        message.last_error.as_deref(),
        message.expires_at,
    ];
    Statement::one(INSERT, row, Conflict::Stale)
}

/// Takes a due message before it is sent.
pub(super) fn claim(
    pool_id: &UserPoolId,
    id: &str,
    attempts: i64,
    at: Timestamp,
    until: Timestamp,
) -> Statement {
    let row = params![pool_id.as_str(), id, attempts, at, until];
    Statement::one(CLAIM, row, Conflict::Stale)
}

/// Records what came of sending a message; one that was removed meanwhile stays removed, and one
/// that another took meanwhile stays theirs.
pub(super) fn update(message: &OutboxMessage) -> Statement {
    let row = params![
        message.pool_id.as_str(),
        message.id.as_str(),
        message.next_attempt_at,
        message.attempts,
        message.sent_at,
        message.last_error.as_deref(),
    ];
    Statement::any(UPDATE, row)
}

/// Removes all messages, or one recipient's.
pub(super) fn delete(to: Option<&str>) -> Statement {
    match to {
        Some(to) => Statement::any(DELETE_TO, params![to]),
        None => Statement::any(DELETE_ALL, Vec::new()),
    }
}

fn from_row(row: Row) -> Result<OutboxMessage> {
    let mut columns = row.read("message");
    Ok(OutboxMessage {
        pool_id: UserPoolId::new(columns.text()?),
        id: columns.text()?,
        channel: columns.named(parse_channel)?,
        to: columns.text()?,
        sealed_content: columns.blob()?,
        created_at: columns.timestamp()?,
        next_attempt_at: columns.optional_timestamp()?,
        attempts: columns.integer()?,
        sent_at: columns.optional_timestamp()?,
        last_error: columns.optional_text()?,
        expires_at: columns.timestamp()?,
    })
}

fn parse_channel(name: &str) -> Option<Channel> {
    Channel::ALL
        .into_iter()
        .find(|channel| channel.as_str() == name)
}

#[async_trait]
impl Outbox for SqlStorage {
    async fn list_due_messages(
        &self,
        channel: Channel,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxMessage>> {
        let due = params![channel.as_str(), now, limit];
        let rows = self.db.query(LIST_DUE, &due).await?;
        rows.into_iter().map(from_row).collect()
    }

    async fn count_failed_messages(&self, limit: u32) -> Result<FailedMessages> {
        Ok(FailedMessages {
            retrying: self.db.query(LIST_RETRYING, &params![limit]).await?.len(),
            given_up: self.db.query(LIST_GIVEN_UP, &params![limit]).await?.len(),
        })
    }

    async fn list_messages(
        &self,
        to: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<OutboxMessage>> {
        let after = after.unwrap_or_default();
        let rows = match to {
            Some(to) => self.db.query(LIST_TO, &params![to, after, limit]).await?,
            None => self.db.query(LIST, &params![after, limit]).await?,
        };
        rows.into_iter().map(from_row).collect()
    }
}
