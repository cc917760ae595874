//! Authorization codes.

use poolhouse_model::{AuthorizationCode, ClientId, OriginJti, Sub, Timestamp, User, UserPoolId};
use poolhouse_storage::Conflict;

use super::users::columns;
use super::{Result, users};
use crate::db::Db;
use crate::statement::{Statement, params, statements};
use crate::value::Columns;

statements! {
    INSERT = "INSERT INTO authorization_codes (pool_id, code_hash, client_id, sub, \
              token_generation, redirect_uri, scope, nonce, code_challenge, resource, \
              authenticated_at, issued_at, expires_at, spent_at, origin_jti) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    SPEND = "UPDATE authorization_codes SET spent_at = ?3, origin_jti = ?4 \
             WHERE pool_id = ?1 AND code_hash = ?2 AND spent_at IS NULL AND expires_at > ?3";
    FIND = concat!("SELECT c.pool_id, c.code_hash, c.client_id, c.sub, c.token_generation, \
            c.redirect_uri, c.scope, c.nonce, c.code_challenge, c.resource, c.authenticated_at, \
            c.issued_at, c.expires_at, c.spent_at, c.origin_jti, ", columns!(), " \
            FROM authorization_codes AS c \
            LEFT JOIN users AS u ON u.pool_id = c.pool_id AND u.sub = c.sub \
            WHERE c.pool_id = ?1 AND c.code_hash = ?2");
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

/// Reads a code, and its user if they are there.
pub(super) async fn find(
    db: &Db,
    pool_id: &UserPoolId,
    code_hash: &[u8],
) -> Result<Option<(AuthorizationCode, Option<User>)>> {
    let key = params![pool_id.as_str(), code_hash];
    let Some(row) = db.query_one(FIND, &key).await? else {
        return Ok(None);
    };
    let mut columns = row.read("authorization code with its user");
    let code = from_columns(&mut columns)?;
    let has_user = !columns.is_at_null();
    let user = has_user.then(|| users::from_columns(&mut columns));
    Ok(Some((code, user.transpose()?)))
}

fn from_columns(columns: &mut Columns) -> Result<AuthorizationCode> {
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
