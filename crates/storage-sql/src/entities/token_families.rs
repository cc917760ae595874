//! Token families.

use poolhouse_model::{ClientId, OriginJti, Sub, Timestamp, TokenFamily, TokenOrigin, UserPoolId};
use poolhouse_storage::{Conflict, SignedInUser};

use super::users::columns;
use super::{Result, user_mfa, users};
use crate::db::Db;
use crate::statement::{Statement, params, statements};
use crate::value::{Columns, Row};

statements! {
    INSERT = "INSERT INTO token_families (pool_id, origin_jti, sub, client_id, token_generation, \
              scope, origin, authenticated_at, expires_at, revoked_at, rotation, rotated_at, \
              nonce, resource) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    KEEP = "UPDATE token_families SET token_generation = ?3 + 1 WHERE pool_id = ?1 \
            AND origin_jti = ?2 AND token_generation = ?3 AND revoked_at IS NULL";
    REVOKE = "UPDATE token_families SET revoked_at = ?3 \
              WHERE pool_id = ?1 AND origin_jti = ?2 AND revoked_at IS NULL";
    ROTATE = "UPDATE token_families SET rotation = rotation + 1, rotated_at = ?4 \
              WHERE pool_id = ?1 AND origin_jti = ?2 AND rotation = ?3 \
              AND revoked_at IS NULL AND expires_at > ?4 AND EXISTS (SELECT 1 FROM users AS u \
              WHERE u.pool_id = token_families.pool_id AND u.sub = token_families.sub \
              AND u.token_generation = token_families.token_generation)";
    FIND = "SELECT pool_id, origin_jti, sub, client_id, token_generation, scope, origin, \
            authenticated_at, expires_at, revoked_at, rotation, rotated_at, nonce, resource \
            FROM token_families WHERE pool_id = ?1 AND origin_jti = ?2";
    FIND_WITH_USER = concat!("SELECT f.pool_id, f.origin_jti, f.sub, f.client_id, f.token_generation, \
            f.scope, f.origin, f.authenticated_at, f.expires_at, f.revoked_at, f.rotation, \
            f.rotated_at, f.nonce, f.resource, ", columns!(), ", m.enabled, m.preferred \
            FROM token_families AS f JOIN users AS u ON u.pool_id = f.pool_id AND u.sub = f.sub \
            LEFT JOIN user_mfa AS m ON m.pool_id = f.pool_id AND m.sub = f.sub \
            WHERE f.pool_id = ?1 AND f.origin_jti = ?2");
}

/// Adds a family of a user who is still of its token generation.
pub(super) fn create(family: &TokenFamily) -> Vec<Statement> {
    let row = params![
        family.pool_id.as_str(),
        family.origin_jti.as_str(),
        family.sub.as_str(),
        family.client_id.as_str(),
        family.token_generation,
        family.scope.as_str(),
        origin_name(family.origin),
        family.authenticated_at,
        family.expires_at,
        family.revoked_at,
        family.rotation,
        family.rotated_at,
        family.nonce.as_deref(),
        family.resource.as_deref(),
    ];
    vec![
        users::require_generation(&family.pool_id, &family.sub, family.token_generation),
        Statement::one(INSERT, row, Conflict::Stale),
    ]
}

/// Takes a family along into its user's next token generation.
pub(super) fn keep(pool_id: &UserPoolId, origin_jti: &OriginJti, from: i64) -> Statement {
    Statement::any(KEEP, params![pool_id.as_str(), origin_jti.as_str(), from])
}

/// Ends a family.
pub(super) fn revoke(pool_id: &UserPoolId, origin_jti: &OriginJti, at: Timestamp) -> Statement {
    Statement::any(REVOKE, params![pool_id.as_str(), origin_jti.as_str(), at])
}

/// Makes the next refresh token of a family the current one.
pub(super) fn rotate(
    pool_id: &UserPoolId,
    origin_jti: &OriginJti,
    from: i64,
    at: Timestamp,
) -> Statement {
    let params = params![pool_id.as_str(), origin_jti.as_str(), from, at];
    Statement::one(ROTATE, params, Conflict::FamilySpent)
}

/// Reads a family.
pub(super) async fn find(
    db: &Db,
    pool_id: &UserPoolId,
    origin_jti: &OriginJti,
) -> Result<Option<TokenFamily>> {
    let key = params![pool_id.as_str(), origin_jti.as_str()];
    db.query_one(FIND, &key).await?.map(from_row).transpose()
}

/// Reads a family, its user and the second factors they turned on.
pub(super) async fn find_with_user(
    db: &Db,
    pool_id: &UserPoolId,
    origin_jti: &OriginJti,
) -> Result<Option<SignedInUser>> {
    let key = params![pool_id.as_str(), origin_jti.as_str()];
    let Some(row) = db.query_one(FIND_WITH_USER, &key).await? else {
        return Ok(None);
    };
    let mut columns = row.read("token family with its user");
    Ok(Some(SignedInUser {
        family: from_columns(&mut columns)?,
        user: users::from_columns(&mut columns)?,
        mfa: user_mfa::settings_from_columns(&mut columns)?,
    }))
}

fn from_row(row: Row) -> Result<TokenFamily> {
    from_columns(&mut row.read("token family"))
}

fn from_columns(columns: &mut Columns) -> Result<TokenFamily> {
    Ok(TokenFamily {
        pool_id: UserPoolId::new(columns.text()?),
        origin_jti: OriginJti::new(columns.text()?),
        sub: Sub::new(columns.text()?),
        client_id: ClientId::new(columns.text()?),
        token_generation: columns.integer()?,
        scope: columns.text()?,
        origin: columns.named(parse_origin)?,
        authenticated_at: columns.timestamp()?,
        expires_at: columns.timestamp()?,
        revoked_at: columns.optional_timestamp()?,
        rotation: columns.integer()?,
        rotated_at: columns.optional_timestamp()?,
        nonce: columns.optional_text()?,
        resource: columns.optional_text()?,
    })
}

fn origin_name(origin: TokenOrigin) -> &'static str {
    match origin {
        TokenOrigin::Api => "api",
        TokenOrigin::OAuth => "oauth",
    }
}

fn parse_origin(name: &str) -> Option<TokenOrigin> {
    [TokenOrigin::Api, TokenOrigin::OAuth]
        .into_iter()
        .find(|origin| origin_name(*origin) == name)
}
