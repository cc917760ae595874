//! Domains of pools.

use poolhouse_api_model::types::{CustomDomainConfigType, DomainDescriptionType, DomainStatusType};
use poolhouse_model::PoolDomain;

/// Describes a domain.
pub(crate) fn description(domain: &PoolDomain, account_id: &str) -> DomainDescriptionType {
    let certificate = domain.certificate_arn.clone();
    DomainDescriptionType {
        user_pool_id: Some(domain.pool_id.as_str().to_owned()),
        aws_account_id: Some(account_id.to_owned()),
        domain: Some(domain.domain.clone()),
        version: Some(domain.created_at.as_secs().to_string()),
        status: Some(DomainStatusType::Active),
        custom_domain_config: certificate.map(|certificate_arn| CustomDomainConfigType {
            certificate_arn,
            security_policy: None,
        }),
        managed_login_version: i32::try_from(domain.managed_login_version).ok(),
        ..DomainDescriptionType::default()
    }
}
