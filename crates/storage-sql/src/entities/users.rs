//! Users.

use async_trait::async_trait;
use poolhouse_model::{
    SignInName, SrpRecord, StoredPassword, Sub, User, UserFilter, UserPoolId, UserStatus, Username,
};
use poolhouse_storage::{Conflict, ListedUser, UserPlace, Users};

use super::{Result, searchable_attributes, sign_in_names, user_lists, user_pools};
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::{Columns, Row, Value, json};

const ENTITY: &str = "user";

/// Names that one statement looks for; a user has no more kinds of them.
const NAMES_PER_LOOKUP: usize = 5;

/// The columns of a user `u`, in the order in which [`from_columns`] reads them.
macro_rules! columns {
    () => {
        "u.pool_id, u.sub, u.username, u.status, u.is_enabled, u.attributes, u.password_hash, \
         u.srp_salt, u.srp_verifier, u.password_expires_at, u.token_generation, u.created_at, \
         u.updated_at, u.version"
    };
}

pub(super) use columns;

statements! {
    INSERT = "INSERT INTO users (pool_id, sub, username, status, is_enabled, attributes, \
              password_hash, srp_salt, srp_verifier, password_expires_at, token_generation, \
              created_at, updated_at, version) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    UPDATE = "UPDATE users SET username = ?3, status = ?4, is_enabled = ?5, attributes = ?6, \
              password_hash = ?7, srp_salt = ?8, srp_verifier = ?9, password_expires_at = ?10, \
              token_generation = ?11, created_at = ?12, updated_at = ?13, version = ?14 \
              WHERE pool_id = ?1 AND sub = ?2 AND version = ?15";
    DELETE = "DELETE FROM users WHERE pool_id = ?1 AND sub = ?2";
    DELETE_NAMES = "DELETE FROM sign_in_names WHERE pool_id = ?1 AND sub = ?2";
    DELETE_MFA = "DELETE FROM user_mfa WHERE pool_id = ?1 AND sub = ?2";
    DELETE_FAMILIES = "DELETE FROM token_families WHERE pool_id = ?1 AND sub = ?2";
    DELETE_AUTHORIZATION_CODES =
        "DELETE FROM authorization_codes WHERE pool_id = ?1 AND sub = ?2";
    DELETE_CONFIRMATION_CODES = "DELETE FROM confirmation_codes WHERE pool_id = ?1 AND sub = ?2";
    DELETE_MEMBERSHIPS = "DELETE FROM user_group_members WHERE pool_id = ?1 AND sub = ?2";
    DELETE_BROWSER_SESSIONS = "DELETE FROM browser_sessions WHERE pool_id = ?1 AND sub = ?2";
    DELETE_FORMER_PASSWORDS = "DELETE FROM password_history WHERE pool_id = ?1 AND sub = ?2";
    EXISTS = "SELECT 1 FROM users WHERE pool_id = ?1 AND sub = ?2 /* FOR KEY SHARE */";
    EXISTS_IN_GENERATION = "SELECT 1 FROM users \
            WHERE pool_id = ?1 AND sub = ?2 AND token_generation = ?3 /* FOR SHARE */";
    FIND = concat!("SELECT ", columns!(), " FROM users AS u WHERE u.pool_id = ?1 AND u.sub = ?2");
    FIND_BY_NAME = concat!("SELECT ", columns!(), ", n.kind, n.folded \
            FROM sign_in_names AS n JOIN users AS u ON u.pool_id = n.pool_id AND u.sub = n.sub \
            WHERE n.pool_id = ?1 AND ((n.kind = ?2 AND n.folded = ?3) \
            OR (n.kind = ?4 AND n.folded = ?5) OR (n.kind = ?6 AND n.folded = ?7) \
            OR (n.kind = ?8 AND n.folded = ?9) OR (n.kind = ?10 AND n.folded = ?11))");
}

/// Fails the write unless the user is there, and keeps them there until the commit.
pub(super) fn require(pool_id: &UserPoolId, sub: &Sub) -> Statement {
    let key = params![pool_id.as_str(), sub.as_str()];
    Statement::one(EXISTS, key, Conflict::Stale)
}

/// Fails the write unless the user is there and of that token generation until the commit.
pub(super) fn require_generation(pool_id: &UserPoolId, sub: &Sub, generation: i64) -> Statement {
    let key = params![pool_id.as_str(), sub.as_str(), generation];
    Statement::one(EXISTS_IN_GENERATION, key, Conflict::Stale)
}

/// Adds a user with the names that sign them in.
pub(super) fn create(user: &User, names: &[SignInName]) -> Result<Vec<Statement>> {
    let mut statements = vec![
        user_pools::require(&user.pool_id),
        Statement::one(INSERT, to_row(user)?, Conflict::UsernameTaken),
    ];
    let insert = |name| sign_in_names::insert(&user.pool_id, &user.sub, name);
    statements.extend(names.iter().map(insert));
    let found_by = searchable_attributes::put(&user.pool_id, &user.sub, &user.attributes);
    statements.extend(found_by);
    Ok(statements)
}

/// Replaces a user.
pub(super) fn update(user: &User) -> Result<Vec<Statement>> {
    let mut row = to_row(user)?;
    row.push(Value::Integer(user.version - 1));
    let mut statements = vec![Statement::one(UPDATE, row, Conflict::Stale)];
    statements.extend(searchable_attributes::replace(user));
    Ok(statements)
}

/// Removes a user with everything that is theirs.
pub(super) fn delete(pool_id: &UserPoolId, sub: &Sub) -> Vec<Statement> {
    let key = || params![pool_id.as_str(), sub.as_str()];
    let mut statements = vec![Statement::one(DELETE, key(), Conflict::Stale)];
    let theirs = [
        DELETE_NAMES,
        DELETE_MFA,
        DELETE_MEMBERSHIPS,
        DELETE_FAMILIES,
        DELETE_AUTHORIZATION_CODES,
        DELETE_CONFIRMATION_CODES,
        DELETE_BROWSER_SESSIONS,
        DELETE_FORMER_PASSWORDS,
    ];
    statements.extend(theirs.map(|sql| Statement::any(sql, key())));
    statements.push(searchable_attributes::delete(pool_id, sub));
    statements
}

fn to_row(user: &User) -> Result<Vec<Value>> {
    let password = user.password.as_ref();
    let srp = password.and_then(|password| password.srp.as_ref());
    Ok(params![
        user.pool_id.as_str(),
        user.sub.as_str(),
        user.username.as_str(),
        status_name(user.status),
        user.is_enabled,
        json(ENTITY, &user.attributes)?,
        password.map(|password| password.hash.as_str()),
        srp.map(|srp| srp.salt_hex.as_str()),
        srp.map(|srp| srp.sealed_verifier.as_slice()),
        password.and_then(|password| password.expires_at),
        user.token_generation,
        user.created_at,
        user.updated_at,
        user.version,
    ]
    .to_vec())
}

/// Reads a user from a row of exactly the columns that `columns!` names.
pub(super) fn from_row(row: Row) -> Result<User> {
    from_columns(&mut row.read(ENTITY))
}

/// Reads a user from the columns that `columns!` names.
pub(super) fn from_columns(columns: &mut Columns) -> Result<User> {
    Ok(User {
        pool_id: UserPoolId::new(columns.text()?),
        sub: Sub::new(columns.text()?),
        username: Username::new(columns.text()?),
        status: columns.named(parse_status)?,
        is_enabled: columns.flag()?,
        attributes: columns.json()?,
        password: password_from_columns(columns)?,
        token_generation: columns.integer()?,
        created_at: columns.timestamp()?,
        updated_at: columns.timestamp()?,
        version: columns.integer()?,
    })
}

fn password_from_columns(columns: &mut Columns) -> Result<Option<StoredPassword>> {
    let hash = columns.optional_text()?;
    let salt_hex = columns.optional_text()?;
    let sealed_verifier = columns.optional_blob()?;
    let expires_at = columns.optional_timestamp()?;
    let srp = salt_hex
        .zip(sealed_verifier)
        .map(|(salt_hex, sealed_verifier)| SrpRecord {
            salt_hex,
            sealed_verifier,
        });
    Ok(hash.map(|hash| StoredPassword {
        hash,
        srp,
        expires_at,
    }))
}

/// The text that a state is stored as.
pub(super) fn status_name(status: UserStatus) -> &'static str {
    match status {
        UserStatus::Unconfirmed => "unconfirmed",
        UserStatus::Confirmed => "confirmed",
        UserStatus::ForceChangePassword => "force_change_password",
        UserStatus::ResetRequired => "reset_required",
        UserStatus::ExternalProvider => "external_provider",
    }
}

fn parse_status(name: &str) -> Option<UserStatus> {
    [
        UserStatus::Unconfirmed,
        UserStatus::Confirmed,
        UserStatus::ForceChangePassword,
        UserStatus::ResetRequired,
        UserStatus::ExternalProvider,
    ]
    .into_iter()
    .find(|status| status_name(*status) == name)
}

fn lookup_params(pool_id: &UserPoolId, names: &[SignInName]) -> Vec<Value> {
    let mut params = params![pool_id.as_str()].to_vec();
    // Places that are left over repeat the last name.
    let padded = names.iter().chain(names.last().into_iter().cycle());
    for name in padded.take(NAMES_PER_LOOKUP) {
        params.extend(params![name.kind.as_str(), name.folded.as_str()]);
    }
    params
}

#[async_trait]
impl Users for SqlStorage {
    async fn find_user(&self, pool: &UserPoolId, sub: &Sub) -> Result<Option<User>> {
        let key = params![pool.as_str(), sub.as_str()];
        let row = self.db.query_one(FIND, &key).await?;
        row.map(from_row).transpose()
    }

    async fn find_user_by_name(
        &self,
        pool: &UserPoolId,
        names: &[SignInName],
    ) -> Result<Option<User>> {
        for names in names.chunks(NAMES_PER_LOOKUP) {
            let params = lookup_params(pool, names);
            let rows = self.db.query(FIND_BY_NAME, &params).await?;
            let mut best: Option<(usize, User)> = None;
            for row in rows {
                let (rank, user) = ranked(row, names)?;
                if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                    best = Some((rank, user));
                }
            }
            if let Some((_, user)) = best {
                return Ok(Some(user));
            }
        }
        Ok(None)
    }

    async fn list_users(
        &self,
        pool: &UserPoolId,
        filter: &UserFilter,
        after: Option<&UserPlace>,
        limit: u32,
    ) -> Result<Vec<ListedUser>> {
        user_lists::list(&self.db, pool, filter, after, limit).await
    }
}

/// A user, and which of the names led there.
fn ranked(row: Row, names: &[SignInName]) -> Result<(usize, User)> {
    let mut columns = row.read(ENTITY);
    let user = from_columns(&mut columns)?;
    let (kind, folded) = (columns.text()?, columns.text()?);
    let rank = names
        .iter()
        .position(|name| name.kind.as_str() == kind && name.folded == folded);
    Ok((rank.unwrap_or(names.len()), user))
}
