//! `TagResource`, `UntagResource`, `ListTagsForResource`

use std::collections::BTreeMap;

use poolhouse_model::UserPoolId;

use super::tag_rules::check_tags;
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Adds tags to a pool; those with the same keys are replaced.
    /// # Errors
    /// Those of [`Service::list_tags`]; [`ServiceError::TagsRefused`],
    /// [`ServiceError::ConcurrentModification`].
    /// Source: API reference, `TagResource`.
    pub async fn tag_resource(
        &self,
        arn: &str,
        tags: BTreeMap<String, String>,
    ) -> Result<(), ServiceError> {
        let pool_id = self.pool_named_by(arn)?;
        self.change_pool(&pool_id, |pool| {
            pool.settings.tags.extend(tags.clone());
            check_tags(&pool.settings.tags)
        })
        .await
        .map(drop)
    }

    /// Takes tags from a pool; keys that it does not have are no error.
    /// # Errors
    /// Those of [`Service::list_tags`]; [`ServiceError::ConcurrentModification`].
    /// Source: API reference, `UntagResource`.
    pub async fn untag_resource(&self, arn: &str, keys: &[String]) -> Result<(), ServiceError> {
        let pool_id = self.pool_named_by(arn)?;
        self.change_pool(&pool_id, |pool| {
            pool.settings.tags.retain(|key, _| !keys.contains(key));
            Ok(())
        })
        .await
        .map(drop)
    }

    /// Lists the tags of a pool: those of its settings.
    /// # Errors
    /// [`ServiceError::InvalidInput`] for a name of another kind of resource;
    /// [`ServiceError::UserPoolNotFound`], also for a pool of another account or region.
    /// Source: API reference, `ListTagsForResource`.
    pub async fn list_tags(&self, arn: &str) -> Result<BTreeMap<String, String>, ServiceError> {
        let pool_id = self.pool_named_by(arn)?;
        Ok(self.pool(&pool_id).await?.settings.tags.clone())
    }

    /// Reads the id out of a pool's resource name.
    /// Inferred: both answers and the text.
    fn pool_named_by(&self, arn: &str) -> Result<UserPoolId, ServiceError> {
        let mut parts = arn.splitn(6, ':');
        let (Some("arn"), Some(_partition), Some("cognito-idp"), Some(_region), Some(_account)) = (
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) else {
            return Err(not_a_pool(arn));
        };
        let id = parts.next().and_then(|name| name.strip_prefix("userpool/"));
        let Some(id) = id.filter(|id| !id.is_empty() && !id.contains(['/', ':'])) else {
            return Err(not_a_pool(arn));
        };
        let id = UserPoolId::new(id);
        if self.user_pool_arn(&id) == arn {
            Ok(id)
        } else {
            Err(ServiceError::UserPoolNotFound(id))
        }
    }
}

fn not_a_pool(arn: &str) -> ServiceError {
    ServiceError::InvalidInput(format!("{arn} is not the ARN of a user pool."))
}
