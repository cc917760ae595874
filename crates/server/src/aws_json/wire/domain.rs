//! Domains of pools.

use poolhouse_api_model::types::{
    CustomDomainConfigType, DomainDescriptionType, DomainStatusType, SecurityPolicyType,
};
use poolhouse_model::PoolDomain;
use poolhouse_service::CustomDomain;

/// Reads what is said of a custom domain.
pub(crate) fn custom(config: CustomDomainConfigType) -> CustomDomain {
    let policy = config.security_policy;
    CustomDomain {
        certificate_arn: config.certificate_arn,
        security_policy: policy.map(|policy| policy.as_str().to_owned()),
    }
}

/// Where a custom domain's name in the DNS must lead: nothing stands in front, so to itself.
pub(crate) fn cloud_front_domain(domain: &PoolDomain) -> Option<String> {
    domain.is_custom().then(|| domain.domain.clone())
}

/// Describes a domain.
pub(crate) fn description(domain: &PoolDomain, account_id: &str) -> DomainDescriptionType {
    let certificate = domain.certificate_arn.clone();
    let policy = domain.security_policy.as_deref();
    DomainDescriptionType {
        user_pool_id: Some(domain.pool_id.as_str().to_owned()),
        aws_account_id: Some(account_id.to_owned()),
        domain: Some(domain.domain.clone()),
        version: Some(domain.created_at.as_secs().to_string()),
        status: Some(DomainStatusType::Active),
        custom_domain_config: certificate.map(|certificate_arn| CustomDomainConfigType {
            certificate_arn,
            security_policy: policy.and_then(SecurityPolicyType::from_name),
        }),
        managed_login_version: i32::try_from(domain.managed_login_version).ok(),
        ..DomainDescriptionType::default()
    }
}
