//! `DescribeUserPool`

use std::sync::Arc;

use poolhouse_model::{PoolDomain, UserPool, UserPoolId};

use crate::error::ServiceError;
use crate::service::Service;

/// A pool with what is counted or kept beside it.
#[derive(Clone, Debug)]
pub struct DescribedUserPool {
    /// The pool.
    pub pool: Arc<UserPool>,
    /// How many users it has.
    pub user_count: u64,
    /// Its domains.
    pub domains: Vec<PoolDomain>,
    /// Its resource name.
    pub arn: String,
}

impl Service {
    /// Reads a pool.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`].
    /// Source: API reference, `DescribeUserPool`.
    pub async fn describe_user_pool(
        &self,
        id: &UserPoolId,
    ) -> Result<DescribedUserPool, ServiceError> {
        let pool = self.pool(id).await?;
        let user_count = self.storage.count_users(id).await?;
        let domains = self.storage.list_domains(id).await?;
        let arn = self.user_pool_arn(id);
        Ok(DescribedUserPool {
            pool,
            user_count,
            domains,
            arn,
        })
    }

    /// The resource name of a pool.
    pub fn user_pool_arn(&self, id: &UserPoolId) -> String {
        let (region, account) = (id.region(), &self.settings.account_id);
        format!("arn:aws:cognito-idp:{region}:{account}:userpool/{id}")
    }
}
