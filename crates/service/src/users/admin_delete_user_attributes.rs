//! `AdminDeleteUserAttributes`

use poolhouse_model::UserPoolId;

use super::attribute_changes::AttributeChanges;
use crate::attribute_rules::AttributeWriter;
use crate::error::ServiceError;
use crate::service::Service;

/// Attributes deleted by an administrator.
#[derive(Clone, Debug)]
pub struct AdminDeleteUserAttributes {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The user's name.
    pub username: String,
    /// The attributes.
    pub names: Vec<String>,
}

impl Service {
    /// Deletes attributes of a user; one that the user does not have is no error.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`],
    /// [`ServiceError::AttributeChangesRefused`].
    /// Source: API reference, `AdminDeleteUserAttributes`.
    pub async fn admin_delete_user_attributes(
        &self,
        request: AdminDeleteUserAttributes,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(&request.pool_id).await?;
        let user = self.get_user_by_admin(&pool, &request.username).await?;
        let writer = AttributeWriter::Administrator;
        let changes = AttributeChanges::of_names(&pool.settings, writer, request.names)?;
        self.change_attributes(&pool, &user, &changes)
            .await
            .map(drop)
    }
}
