//! Domains and their directory.

use async_trait::async_trait;
use poolhouse_model::{PoolDomain, UserPoolId};
use poolhouse_storage::{Conflict, Domains};

use super::{Result, user_pools};
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::Row;

statements! {
    INSERT = "INSERT INTO domains (pool_id, domain, is_custom, certificate_arn, \
              managed_login_version, created_at, security_policy, version) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    UPDATE = "UPDATE domains SET certificate_arn = ?3, security_policy = ?4, \
              managed_login_version = ?5, version = ?6 \
              WHERE pool_id = ?1 AND domain = ?2 AND version = ?7";
    INSERT_DIRECTORY = "INSERT INTO domain_directory (domain, pool_id) VALUES (?1, ?2)";
    DELETE = "DELETE FROM domains WHERE pool_id = ?1 AND domain = ?2";
    DELETE_DIRECTORY = "DELETE FROM domain_directory WHERE domain = ?1 AND pool_id = ?2";
    FIND = "SELECT d.domain, d.pool_id, d.certificate_arn, d.managed_login_version, d.created_at, \
            d.security_policy, d.version \
            FROM domain_directory AS e \
            JOIN domains AS d ON d.pool_id = e.pool_id AND d.domain = e.domain \
            WHERE e.domain = ?1";
    LIST = "SELECT domain, pool_id, certificate_arn, managed_login_version, created_at, \
            security_policy, version \
            FROM domains WHERE pool_id = ?1 ORDER BY domain";
}

/// Adds a domain and its entry in the directory.
pub(super) fn create(domain: &PoolDomain) -> Vec<Statement> {
    let directory = params![domain.domain.as_str(), domain.pool_id.as_str()];
    let row = params![
        domain.pool_id.as_str(),
        domain.domain.as_str(),
        domain.is_custom(),
        domain.certificate_arn.as_deref(),
        domain.managed_login_version,
        domain.created_at,
        domain.security_policy.as_deref(),
        domain.version,
    ];
    vec![
        user_pools::require(&domain.pool_id),
        Statement::one(INSERT_DIRECTORY, directory, Conflict::DomainTaken),
        Statement::one(INSERT, row, Conflict::DomainTaken),
    ]
}

/// Replaces what is kept of a domain.
pub(super) fn update(domain: &PoolDomain) -> Statement {
    let row = params![
        domain.pool_id.as_str(),
        domain.domain.as_str(),
        domain.certificate_arn.as_deref(),
        domain.security_policy.as_deref(),
        domain.managed_login_version,
        domain.version,
        domain.version - 1,
    ];
    Statement::one(UPDATE, row, Conflict::Stale)
}

/// Removes a domain of a pool.
pub(super) fn delete(pool_id: &UserPoolId, domain: &str) -> Vec<Statement> {
    vec![
        Statement::one(DELETE, params![pool_id.as_str(), domain], Conflict::Stale),
        Statement::any(DELETE_DIRECTORY, params![domain, pool_id.as_str()]),
    ]
}

fn from_row(row: Row) -> Result<PoolDomain> {
    let mut columns = row.read("domain");
    Ok(PoolDomain {
        domain: columns.text()?,
        pool_id: UserPoolId::new(columns.text()?),
        certificate_arn: columns.optional_text()?,
        managed_login_version: columns.integer()?,
        created_at: columns.timestamp()?,
        security_policy: columns.optional_text()?,
        version: columns.integer()?,
    })
}

#[async_trait]
impl Domains for SqlStorage {
    async fn find_domain(&self, domain: &str) -> Result<Option<PoolDomain>> {
        let row = self.db.query_one(FIND, &params![domain]).await?;
        row.map(from_row).transpose()
    }

    async fn list_domains(&self, pool: &UserPoolId) -> Result<Vec<PoolDomain>> {
        let rows = self.db.query(LIST, &params![pool.as_str()]).await?;
        rows.into_iter().map(from_row).collect()
    }
}
