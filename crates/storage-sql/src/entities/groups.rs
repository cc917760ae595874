//! Groups and who is in them.

use async_trait::async_trait;
use poolhouse_model::{Group, GroupName, Sub, User, UserPoolId};
use poolhouse_storage::{Conflict, Groups, PageRequest, StorageError};

use super::users::columns;
use super::{Result, user_pools, users};
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::{Columns, Row};

const ENTITY: &str = "group";

statements! {
    INSERT = "INSERT INTO user_groups (pool_id, name, description, role_arn, precedence, \
              created_at, updated_at, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    UPDATE = "UPDATE user_groups SET description = ?3, role_arn = ?4, precedence = ?5, \
              updated_at = ?6, version = ?7 WHERE pool_id = ?1 AND name = ?2 AND version = ?8";
    DELETE = "DELETE FROM user_groups WHERE pool_id = ?1 AND name = ?2";
    DELETE_MEMBERS = "DELETE FROM user_group_members WHERE pool_id = ?1 AND group_name = ?2";
    EXISTS = "SELECT 1 FROM user_groups WHERE pool_id = ?1 AND name = ?2 /* FOR KEY SHARE */";
    ADD_MEMBER = "INSERT INTO user_group_members (pool_id, sub, group_name) VALUES (?1, ?2, ?3) \
              ON CONFLICT (pool_id, sub, group_name) DO NOTHING";
    REMOVE_MEMBER = "DELETE FROM user_group_members \
              WHERE pool_id = ?1 AND sub = ?2 AND group_name = ?3";
    FIND = "SELECT pool_id, name, description, role_arn, precedence, created_at, updated_at, \
            version FROM user_groups WHERE pool_id = ?1 AND name = ?2";
    LIST = "SELECT pool_id, name, description, role_arn, precedence, created_at, updated_at, \
            version FROM user_groups WHERE pool_id = ?1 AND name > ?2 ORDER BY name LIMIT ?3";
    COUNT = "SELECT count(*) FROM user_groups WHERE pool_id = ?1";
    LIST_OF_USER = "SELECT g.pool_id, g.name, g.description, g.role_arn, g.precedence, \
            g.created_at, g.updated_at, g.version FROM user_group_members AS m \
            JOIN user_groups AS g ON g.pool_id = m.pool_id AND g.name = m.group_name \
            WHERE m.pool_id = ?1 AND m.sub = ?2 ORDER BY m.group_name";
    LIST_MEMBERS = concat!("SELECT ", columns!(), " \
            FROM user_group_members AS m \
            JOIN users AS u ON u.pool_id = m.pool_id AND u.sub = m.sub \
            WHERE m.pool_id = ?1 AND m.group_name = ?2 AND m.sub > ?3 ORDER BY m.sub LIMIT ?4");
}

/// Adds a group.
pub(super) fn create(group: &Group) -> Vec<Statement> {
    let row = params![
        group.pool_id.as_str(),
        group.name.as_str(),
        group.description.as_deref(),
        group.role_arn.as_deref(),
        group.precedence.map(i64::from),
        group.created_at,
        group.updated_at,
        group.version,
    ];
    vec![
        user_pools::require(&group.pool_id),
        Statement::one(INSERT, row, Conflict::GroupExists),
    ]
}

/// Replaces a group.
pub(super) fn update(group: &Group) -> Statement {
    let row = params![
        group.pool_id.as_str(),
        group.name.as_str(),
        group.description.as_deref(),
        group.role_arn.as_deref(),
        group.precedence.map(i64::from),
        group.updated_at,
        group.version,
        group.version - 1,
    ];
    Statement::one(UPDATE, row, Conflict::Stale)
}

/// Removes a group with its memberships.
pub(super) fn delete(pool_id: &UserPoolId, name: &GroupName) -> Vec<Statement> {
    let key = || params![pool_id.as_str(), name.as_str()];
    vec![
        Statement::one(DELETE, key(), Conflict::Stale),
        Statement::any(DELETE_MEMBERS, key()),
    ]
}

/// Puts a user into a group; both stay until the commit, so that no membership outlives either.
pub(super) fn add_member(pool_id: &UserPoolId, name: &GroupName, sub: &Sub) -> Vec<Statement> {
    let group = params![pool_id.as_str(), name.as_str()];
    let row = params![pool_id.as_str(), sub.as_str(), name.as_str()];
    vec![
        users::require(pool_id, sub),
        Statement::one(EXISTS, group, Conflict::Stale),
        Statement::any(ADD_MEMBER, row),
    ]
}

/// Takes a user out of a group.
pub(super) fn remove_member(pool_id: &UserPoolId, name: &GroupName, sub: &Sub) -> Statement {
    let key = params![pool_id.as_str(), sub.as_str(), name.as_str()];
    Statement::any(REMOVE_MEMBER, key)
}

fn from_row(row: Row) -> Result<Group> {
    let mut columns = row.read(ENTITY);
    Ok(Group {
        pool_id: UserPoolId::new(columns.text()?),
        name: GroupName::new(columns.text()?),
        description: columns.optional_text()?,
        role_arn: columns.optional_text()?,
        precedence: precedence(&mut columns)?,
        created_at: columns.timestamp()?,
        updated_at: columns.timestamp()?,
        version: columns.integer()?,
    })
}

fn precedence(columns: &mut Columns) -> Result<Option<i32>> {
    let number = columns.optional_integer()?;
    number.map(i32::try_from).transpose().map_err(|_| {
        let detail = "a precedence is no 32-bit number".to_owned();
        StorageError::Unreadable {
            entity: ENTITY,
            detail,
        }
    })
}

#[async_trait]
impl Groups for SqlStorage {
    async fn find_group(&self, pool: &UserPoolId, name: &GroupName) -> Result<Option<Group>> {
        let key = params![pool.as_str(), name.as_str()];
        let row = self.db.query_one(FIND, &key).await?;
        row.map(from_row).transpose()
    }

    async fn list_groups(&self, pool: &UserPoolId, page: &PageRequest) -> Result<Vec<Group>> {
        let after = page.after.as_deref().unwrap_or_default();
        let params = params![pool.as_str(), after, page.limit];
        let rows = self.db.query(LIST, &params).await?;
        rows.into_iter().map(from_row).collect()
    }

    async fn count_groups(&self, pool: &UserPoolId) -> Result<u64> {
        let row = self.db.query_one(COUNT, &params![pool.as_str()]).await?;
        let count = row.map_or(Ok(0), |row| row.read(ENTITY).integer())?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    async fn list_groups_of_user(&self, pool: &UserPoolId, sub: &Sub) -> Result<Vec<Group>> {
        let key = params![pool.as_str(), sub.as_str()];
        let rows = self.db.query(LIST_OF_USER, &key).await?;
        rows.into_iter().map(from_row).collect()
    }

    async fn list_group_members(
        &self,
        pool: &UserPoolId,
        name: &GroupName,
        page: &PageRequest,
    ) -> Result<Vec<User>> {
        let after = page.after.as_deref().unwrap_or_default();
        let params = params![pool.as_str(), name.as_str(), after, page.limit];
        let rows = self.db.query(LIST_MEMBERS, &params).await?;
        rows.into_iter().map(users::from_row).collect()
    }
}
