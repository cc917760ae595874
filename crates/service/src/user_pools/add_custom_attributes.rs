//! `AddCustomAttributes`

use poolhouse_model::UserPoolId;

use super::AttributeRequest;
use super::schema_rules::add_custom;
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Adds attributes to a pool's schema: all of them or none.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`]; [`ServiceError::InvalidInput`] with the rule that an
    /// attribute breaks; [`ServiceError::ConcurrentModification`].
    /// Source: API reference, `AddCustomAttributes`.
    pub async fn add_custom_attributes(
        &self,
        pool_id: &UserPoolId,
        attributes: Vec<AttributeRequest>,
    ) -> Result<(), ServiceError> {
        self.change_pool(pool_id, |pool| {
            add_custom(&mut pool.settings.schema, attributes.clone())
        })
        .await
        .map(drop)
    }
}
