//! The domain of a pool's pages.

use serde::{Deserialize, Serialize};

use crate::ids::UserPoolId;
use crate::time::Timestamp;

/// A domain that leads to a pool: a prefix, or a custom domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolDomain {
    /// The prefix (`my-app`) or the custom domain (`auth.example.com`), lower case.
    pub domain: String,
    /// The pool.
    pub pool_id: UserPoolId,
    /// The certificate that was named for a custom domain; kept and described.
    pub certificate_arn: Option<String>,
    /// The least version of TLS that was named for a custom domain, by its API name; kept and
    /// described.
    pub security_policy: Option<String>,
    /// 1 for the classic pages, 2 for managed login; kept and described.
    pub managed_login_version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// Rises by one with each change.
    pub version: i64,
}

impl PoolDomain {
    /// Whether it is a full host name rather than a prefix.
    pub fn is_custom(&self) -> bool {
        self.domain.contains('.')
    }
}
