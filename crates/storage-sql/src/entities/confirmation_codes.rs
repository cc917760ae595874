//! Codes that were sent to users.

use async_trait::async_trait;
use poolhouse_model::{
    CodePurpose, ConfirmationCode, ContactAttribute, Sub, Timestamp, UserPoolId,
};
use poolhouse_storage::{Codes, Conflict};

use super::Result;
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::Row;

statements! {
    PUT = "INSERT INTO confirmation_codes (pool_id, sub, purpose, code_hash, attribute, \
           destination, tries, sent_at, expires_at) \
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
           ON CONFLICT (pool_id, sub, purpose) DO UPDATE SET code_hash = excluded.code_hash, \
           attribute = excluded.attribute, destination = excluded.destination, \
           tries = excluded.tries, sent_at = excluded.sent_at, expires_at = excluded.expires_at";
    COUNT_TRY = "UPDATE confirmation_codes SET tries = tries + 1 WHERE pool_id = ?1 AND sub = ?2 \
                 AND purpose = ?3 AND code_hash = ?4 AND tries < ?5 AND expires_at > ?6";
    DELETE = "DELETE FROM confirmation_codes WHERE pool_id = ?1 AND sub = ?2 AND purpose = ?3 \
              AND code_hash = ?4";
    VOID = "DELETE FROM confirmation_codes WHERE pool_id = ?1 AND sub = ?2 AND purpose = ?3";
    FIND = "SELECT pool_id, sub, purpose, code_hash, attribute, destination, tries, sent_at, \
            expires_at FROM confirmation_codes WHERE pool_id = ?1 AND sub = ?2 AND purpose = ?3";
}

/// A code as the caller read it.
pub(super) struct CodeKey<'a> {
    /// The pool.
    pub(super) pool_id: &'a UserPoolId,
    /// The user.
    pub(super) sub: &'a Sub,
    /// The purpose.
    pub(super) purpose: CodePurpose,
    /// Hash of the code.
    pub(super) code_hash: &'a [u8],
}

/// Sets the code of a user and purpose.
pub(super) fn put(code: &ConfirmationCode) -> Statement {
    let row = params![
        code.pool_id.as_str(),
        code.sub.as_str(),
        code.purpose.as_str(),
        code.code_hash.as_slice(),
        code.attribute.name(),
        code.destination.as_str(),
        code.tries,
        code.sent_at,
        code.expires_at,
    ];
    Statement::any(PUT, row)
}

/// Counts an answer before it is looked at.
pub(super) fn count_try(key: &CodeKey<'_>, max_tries: i64, at: Timestamp) -> Statement {
    let params = params![
        key.pool_id.as_str(),
        key.sub.as_str(),
        key.purpose.as_str(),
        key.code_hash,
        max_tries,
        at,
    ];
    Statement::one(COUNT_TRY, params, Conflict::ConfirmationCodeSpent)
}

/// Spends a code.
pub(super) fn delete(key: &CodeKey<'_>) -> Statement {
    let params = params![
        key.pool_id.as_str(),
        key.sub.as_str(),
        key.purpose.as_str(),
        key.code_hash,
    ];
    Statement::one(DELETE, params, Conflict::ConfirmationCodeSpent)
}

/// Voids whatever code a user has for a purpose.
pub(super) fn void(pool_id: &UserPoolId, sub: &Sub, purpose: CodePurpose) -> Statement {
    let key = params![pool_id.as_str(), sub.as_str(), purpose.as_str()];
    Statement::any(VOID, key)
}

fn from_row(row: Row) -> Result<ConfirmationCode> {
    let mut columns = row.read("confirmation code");
    Ok(ConfirmationCode {
        pool_id: UserPoolId::new(columns.text()?),
        sub: Sub::new(columns.text()?),
        purpose: columns.named(parse_purpose)?,
        code_hash: columns.blob()?,
        attribute: columns.named(ContactAttribute::named)?,
        destination: columns.text()?,
        tries: columns.integer()?,
        sent_at: columns.timestamp()?,
        expires_at: columns.timestamp()?,
    })
}

fn parse_purpose(name: &str) -> Option<CodePurpose> {
    CodePurpose::ALL
        .into_iter()
        .find(|purpose| purpose.as_str() == name)
}

#[async_trait]
impl Codes for SqlStorage {
    async fn find_confirmation_code(
        &self,
        pool: &UserPoolId,
        sub: &Sub,
        purpose: CodePurpose,
    ) -> Result<Option<ConfirmationCode>> {
        let key = params![pool.as_str(), sub.as_str(), purpose.as_str()];
        let row = self.db.query_one(FIND, &key).await?;
        row.map(from_row).transpose()
    }
}
