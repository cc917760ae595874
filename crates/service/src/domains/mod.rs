//! Domains of pools: made, read, changed, deleted, and found by host.

use poolhouse_model::{PoolDomain, UserPoolId};
use poolhouse_storage::{Conflict, StorageError, Write};

use crate::error::ServiceError;
use crate::service::{MAX_WRITE_ATTEMPTS, Service};

/// A new domain.
#[derive(Clone, Debug)]
pub struct CreateDomain {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The prefix, or the custom domain.
    pub domain: String,
    /// What makes it a custom domain.
    pub custom: Option<CustomDomain>,
    /// 1 for the classic pages, 2 for managed login.
    pub managed_login_version: Option<i64>,
}

/// What is said of a custom domain beside its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomDomain {
    /// The certificate's name.
    pub certificate_arn: String,
    /// The least version of TLS, by its API name.
    pub security_policy: Option<String>,
}

/// A change of a domain.
#[derive(Clone, Debug)]
pub struct UpdateDomain {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The prefix, or the custom domain.
    pub domain: String,
    /// What is said of a custom domain; it cannot be left out for one.
    pub custom: Option<CustomDomain>,
    /// 1 for the classic pages, 2 for managed login; `None` leaves it as it is.
    pub managed_login_version: Option<i64>,
}

/// Words that a prefix cannot hold.
/// Source: AWS page "Configuring a user pool domain".
const RESERVED_WORDS: [&str; 3] = ["aws", "amazon", "cognito"];

/// Source: an answer in a report (aws/aws-cdk#5942).
const MALFORMED_PREFIX: &str = "The domain name contains an invalid character. Domain names can \
    only contain lower-case letters, numbers, and hyphens. Please enter a different name that \
    follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$";

/// Source: AWS page "Troubleshoot Amazon Cognito", of a name that has no parent in the DNS.
const MALFORMED_CUSTOM_DOMAIN: &str = "Custom domain is not a valid subdomain";

/// Source: an answer in a report (aws/aws-cdk#10062).
const HAS_DOMAIN: &str = "User pool already has a domain configured.";

/// Source: an answer in a report (aws/aws-cdk#25712).
const NO_CUSTOM_DOMAIN: &str =
    "User pool should have a custom domain associated, failed to update the certificate.";

/// Source: an answer in a report (hashicorp/terraform-provider-aws#43252).
const NOT_CONVERTIBLE: &str = "Cannot convert custom domain to prefix domain.";

fn refuse<T>(text: impl Into<String>) -> Result<T, ServiceError> {
    Err(ServiceError::InvalidInput(text.into()))
}

impl Service {
    /// `CreateUserPoolDomain`
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::DomainTaken`],
    /// [`ServiceError::InvalidInput`].
    /// Source: API reference, `CreateUserPoolDomain`.
    pub async fn create_domain(&self, request: CreateDomain) -> Result<PoolDomain, ServiceError> {
        self.pool(&request.pool_id).await?;
        check_name(&request)?;
        check_login_version(request.managed_login_version)?;
        let (certificate_arn, security_policy) = split(request.custom);
        let domain = PoolDomain {
            domain: request.domain,
            pool_id: request.pool_id,
            certificate_arn,
            security_policy,
            managed_login_version: request.managed_login_version.unwrap_or(1),
            created_at: self.now(),
            version: 1,
        };
        let existing = self.storage.list_domains(&domain.pool_id).await?;
        if existing
            .iter()
            .any(|other| other.is_custom() == domain.is_custom())
        {
            return refuse(HAS_DOMAIN);
        }
        match self.write([Write::CreateDomain(domain.clone())]).await {
            Ok(()) => {
                self.cache.forget_discovery(&domain.pool_id);
                Ok(domain)
            }
            Err(StorageError::Conflict(Conflict::DomainTaken)) => {
                Err(ServiceError::DomainTaken(domain.domain))
            }
            Err(StorageError::Conflict(Conflict::Stale)) => {
                Err(ServiceError::UserPoolNotFound(domain.pool_id))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// `UpdateUserPoolDomain`: another certificate for a custom domain, other pages for any.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::DomainNotFound`],
    /// [`ServiceError::InvalidInput`], [`ServiceError::ConcurrentModification`].
    /// Source: API reference, `UpdateUserPoolDomain`. Inferred: a `ManagedLoginVersion` that is
    /// left out stays as it is.
    pub async fn update_domain(&self, request: UpdateDomain) -> Result<PoolDomain, ServiceError> {
        self.pool(&request.pool_id).await?;
        check_login_version(request.managed_login_version)?;
        for _ in 0..MAX_WRITE_ATTEMPTS {
            let found = self.storage.find_domain(&request.domain).await?;
            let found = found.filter(|domain| domain.pool_id == request.pool_id);
            let mut domain = match (found, &request.custom) {
                (Some(domain), Some(_)) if domain.is_custom() => domain,
                (Some(domain), None) if !domain.is_custom() => domain,
                (_, Some(_)) => return refuse(NO_CUSTOM_DOMAIN),
                (Some(_), None) => return refuse(NOT_CONVERTIBLE),
                (None, None) => return Err(ServiceError::DomainNotFound),
            };
            (domain.certificate_arn, domain.security_policy) = split(request.custom.clone());
            domain.managed_login_version = request
                .managed_login_version
                .unwrap_or(domain.managed_login_version);
            domain.version += 1;
            match self.write([Write::UpdateDomain(domain.clone())]).await {
                Ok(()) => return Ok(domain),
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ServiceError::ConcurrentModification("user pool domain"))
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

    /// Finds the pool whose pages a host name (without port) leads to: a custom domain,
    /// `PREFIX.auth.localhost`, or the prefix before the operator's domain suffix.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn find_pool_by_host(&self, host: &str) -> Result<Option<UserPoolId>, ServiceError> {
        let host = host.to_lowercase();
        let prefix = self.settings.prefix_of_host(&host);
        let name = prefix.unwrap_or(&host);
        if prefix.is_none() && !name.contains('.') {
            return Ok(None);
        }
        let domain = self.storage.find_domain(name).await?;
        let domain = domain.filter(|domain| domain.is_custom() == prefix.is_none());
        Ok(domain.map(|domain| domain.pool_id))
    }

    /// Where a pool's pages are: on its custom domain if it has one; on its prefix domain if the
    /// operator set a domain suffix; else on the public URL, which works on every machine.
    /// Source: AWS page "Using the Amazon Cognito prefix domain", for the custom one's precedence.
    pub(crate) async fn pages_url(&self, pool_id: &UserPoolId) -> Result<String, ServiceError> {
        let domains = self.storage.list_domains(pool_id).await?;
        if let Some(custom) = domains.iter().find(|domain| domain.is_custom()) {
            return Ok(format!("https://{}", custom.domain));
        }
        let prefix = domains.first();
        let own = prefix.and_then(|prefix| self.settings.prefix_url(&prefix.domain));
        Ok(own.unwrap_or_else(|| self.settings.public_url.clone()))
    }
}

fn split(custom: Option<CustomDomain>) -> (Option<String>, Option<String>) {
    match custom {
        Some(custom) => (Some(custom.certificate_arn), custom.security_policy),
        None => (None, None),
    }
}

/// Source: API reference, `CreateUserPoolDomain`, which knows these two. Inferred: the text.
fn check_login_version(version: Option<i64>) -> Result<(), ServiceError> {
    match version {
        None | Some(1 | 2) => Ok(()),
        Some(_) => refuse("ManagedLoginVersion must be 1 or 2."),
    }
}

/// Checks the name: of a custom domain the labels of a host name, of a prefix one label.
fn check_name(request: &CreateDomain) -> Result<(), ServiceError> {
    let name = &request.domain;
    if request.custom.is_some() {
        let is_host = name.contains('.') && name.split('.').all(is_label);
        return if is_host {
            Ok(())
        } else {
            refuse(MALFORMED_CUSTOM_DOMAIN)
        };
    }
    check_prefix(name)
}

/// Checks a prefix.
pub(crate) fn check_prefix(name: &str) -> Result<(), ServiceError> {
    if !is_label(name) {
        return refuse(MALFORMED_PREFIX);
    }
    match RESERVED_WORDS.iter().find(|word| name.contains(**word)) {
        Some(word) => refuse(format!("Domain cannot contain reserved word: {word}")),
        None => Ok(()),
    }
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
