//! Prefix domains of a seed.

use super::differences::{Plan, SeedDifference};
use super::{SeedDomain, SeedPool, SeedProblem};
use crate::domains::{CreateDomain, check_prefix};
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Says what has to be done for the domain.
    pub(super) async fn plan_domain(
        &self,
        pool: &SeedPool,
        wanted: &SeedDomain,
    ) -> Result<Plan, SeedProblem> {
        check_prefix(&wanted.prefix)?;
        if let Some(found) = self.describe_domain(&wanted.prefix).await? {
            return if found.pool_id == pool.id {
                Ok(Plan::Nothing)
            } else {
                Err(ServiceError::DomainTaken(found.domain).into())
            };
        }
        Ok(match self.prefix_of(pool).await? {
            None => Plan::Create,
            Some(old) => Plan::Update(vec![SeedDifference::Value {
                place: "domain".to_owned(),
                old,
                new: wanted.prefix.clone(),
            }]),
        })
    }

    /// Gives the pool its domain, in place of one that it has.
    pub(super) async fn put_seed_domain(
        &self,
        pool: &SeedPool,
        wanted: &SeedDomain,
    ) -> Result<(), SeedProblem> {
        if let Some(old) = self.prefix_of(pool).await? {
            self.delete_domain(&pool.id, &old).await?;
        }
        let request = CreateDomain {
            pool_id: pool.id.clone(),
            domain: wanted.prefix.clone(),
            custom: None,
            managed_login_version: None,
        };
        self.create_domain(request).await?;
        Ok(())
    }

    async fn prefix_of(&self, pool: &SeedPool) -> Result<Option<String>, ServiceError> {
        let domains = self.list_domains(&pool.id).await?.into_iter();
        let mut prefixes = domains.filter(|domain| !domain.is_custom());
        Ok(prefixes.next().map(|domain| domain.domain))
    }
}
