//! Authorization codes.

use poolhouse_model::{AuthorizationCode, ClientId, OriginJti, Sub, Timestamp, UserPoolId};
use poolhouse_storage::Conflict;

use super::Result;
use crate::db::Db;
use crate::statement::{Statement, params, statements};
use crate::value::Row;

statements! {
    INSERT = "INSERT INTO authorization_codes (pool_id, code_hash, client_id, sub, \
              token_generation, redirect_uri, scope, nonce, code_challenge, resource, \
              authenticated_at, issued_at, expires_at, spent_at, origin_jti) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    SPEND = "UPDATE authorization_codes SET spent_at = ?3, origin_jti = ?4 \
             WHERE pool_id = ?1 AND code_hash = ?2 AND spent_at IS NULL AND expires_at > ?3";
    FIND = "SELECT pool_id, code_hash, client_id, sub, token_generation, redirect_uri, scope, \
            nonce, code_challenge, resource, authenticated_at, issued_at, expires_at, spent_at, \
            origin_jti FROM authorization_codes WHERE pool_id = ?1 AND code_hash = ?2";
}

/// Adds a code.
pub(super) fn create(code: &AuthorizationCode) -> Statement {
    let row = params![
        code.pool_id.as_str(),
        code.code_hash.as_slice(),
        code.client_id.as_str(),
        code.sub.as_str(),
        code.token_generation,
        code.redirect_uri.as_str(),
        code.scope.as_str(),
        code.nonce.as_deref(),
        code.code_challenge.as_deref(),
        code.resource.as_deref(),
        code.authenticated_at,
        code.issued_at,
        code.expires_at,
        code.spent_at,
        code.origin_jti.as_ref().map(OriginJti::as_str),
    ];
    Statement::one(INSERT, row, Conflict::CodeSpent)
}

/// Spends a code, naming the family it led to.
pub(super) fn spend(
    pool_id: &UserPoolId,
    code_hash: &[u8],
    origin_jti: &OriginJti,
    at: Timestamp,
) -> Statement {
    let params = params![pool_id.as_str(), code_hash, at, origin_jti.as_str()];
    Statement::one(SPEND, params, Conflict::CodeSpent)
}

/// Reads a code.
pub(super) async fn find(
    db: &Db,
    pool_id: &UserPoolId,
    code_hash: &[u8],
) -> Result<Option<AuthorizationCode>> {
    let key = params![pool_id.as_str(), code_hash];
    db.query_one(FIND, &key).await?.map(from_row).transpose()
}

fn from_row(row: Row) -> Result<AuthorizationCode> {
    let mut columns = row.read("authorization code");
    Ok(AuthorizationCode {
        pool_id: UserPoolId::new(columns.text()?),
        code_hash: columns.blob()?,
        client_id: ClientId::new(columns.text()?),
        sub: Sub::new(columns.text()?),
        token_generation: columns.integer()?,
        redirect_uri: columns.text()?,
        scope: columns.text()?,
        nonce: columns.optional_text()?,
        code_challenge: columns.optional_text()?,
        resource: columns.optional_text()?,
        authenticated_at: columns.timestamp()?,
        issued_at: columns.timestamp()?,
        expires_at: columns.timestamp()?,
        spent_at: columns.optional_timestamp()?,
        origin_jti: columns.optional_text()?.map(OriginJti::new),
    })
}
