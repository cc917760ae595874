//! Domains of pools: made, read, deleted, and found by host.

use poolhouse_model::{PoolDomain, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::Service;

/// A new domain.
#[derive(Clone, Debug)]
pub struct CreateDomain {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The prefix, or the custom domain.
    pub domain: String,
    /// The certificate named for a custom domain.
    pub certificate_arn: Option<String>,
    /// 1 for the classic pages, 2 for managed login.
    pub managed_login_version: Option<i64>,
}

/// Words that a prefix cannot hold.
/// Source: AWS page "Configuring a user pool domain".
const RESERVED_WORDS: [&str; 3] = ["aws", "amazon", "cognito"];

impl Service {
    /// `CreateUserPoolDomain`
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::DomainTaken`],
    /// [`ServiceError::InvalidInput`].
    /// Source: API reference, `CreateUserPoolDomain`.
    pub async fn create_domain(&self, request: CreateDomain) -> Result<PoolDomain, ServiceError> {
        self.pool(&request.pool_id).await?;
        let domain = PoolDomain {
            domain: request.domain.to_lowercase(),
            pool_id: request.pool_id,
            certificate_arn: request.certificate_arn,
            managed_login_version: request.managed_login_version.unwrap_or(1),
            created_at: self.now(),
        };
        check_domain(&domain)?;
        let existing = self.storage.list_domains(&domain.pool_id).await?;
        if existing
            .iter()
            .any(|other| other.is_custom() == domain.is_custom())
        {
            let pool_id = &domain.pool_id;
            return Err(ServiceError::InvalidInput(format!(
                "Domain already exists for user pool {pool_id}."
            )));
        }
        match self.write([Write::CreateDomain(domain.clone())]).await {
            Ok(()) => {
                self.cache.forget_discovery(&domain.pool_id);
                Ok(domain)
            }
            Err(StorageError::Conflict(Conflict::DomainTaken)) => {
                Err(ServiceError::DomainTaken(domain.domain))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// `DescribeUserPoolDomain`: a domain that nobody has is described as empty, so `None`.
    /// # Errors
    /// [`ServiceError::Storage`].
    /// Source: API reference, `DescribeUserPoolDomain`.
    pub async fn describe_domain(&self, domain: &str) -> Result<Option<PoolDomain>, ServiceError> {
        Ok(self.storage.find_domain(&domain.to_lowercase()).await?)
    }

    /// `DeleteUserPoolDomain`
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::DomainNotFound`].
    /// Source: API reference, `DeleteUserPoolDomain`.
    pub async fn delete_domain(
        &self,
        pool_id: &UserPoolId,
        domain: &str,
    ) -> Result<(), ServiceError> {
        self.pool(pool_id).await?;
        let delete = Write::DeleteDomain {
            pool_id: pool_id.clone(),
            domain: domain.to_lowercase(),
        };
        match self.write([delete]).await {
            Err(StorageError::Conflict(Conflict::Stale)) => Err(ServiceError::DomainNotFound),
            outcome => {
                self.cache.forget_discovery(pool_id);
                Ok(outcome?)
            }
        }
    }

    /// Lists the domains of a pool.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn list_domains(
        &self,
        pool_id: &UserPoolId,
    ) -> Result<Vec<PoolDomain>, ServiceError> {
        Ok(self.storage.list_domains(pool_id).await?)
    }

    /// Finds the pool whose pages a host name (without port) leads to: a custom domain, or
    /// `PREFIX.auth.localhost`.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn find_pool_by_host(&self, host: &str) -> Result<Option<UserPoolId>, ServiceError> {
        let host = host.to_lowercase();
        let name = host.strip_suffix(".auth.localhost").unwrap_or(&host);
        let is_prefix = name.len() < host.len();
        if !is_prefix && !name.contains('.') {
            return Ok(None);
        }
        let domain = self.storage.find_domain(name).await?;
        let domain = domain.filter(|domain| domain.is_custom() != is_prefix);
        Ok(domain.map(|domain| domain.pool_id))
    }
}

fn check_domain(domain: &PoolDomain) -> Result<(), ServiceError> {
    let refuse = |text: String| Err(ServiceError::InvalidInput(text));
    let name = &domain.domain;
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if !name.split('.').all(is_label) {
        return refuse(format!(
            "Domain {name} must hold lower-case letters, digits and hyphens only."
        ));
    }
    if domain.is_custom() {
        return Ok(());
    }
    match RESERVED_WORDS.iter().find(|word| name.contains(**word)) {
        Some(word) => refuse(format!("Domain cannot contain reserved word: {word}")),
        None => Ok(()),
    }
}
