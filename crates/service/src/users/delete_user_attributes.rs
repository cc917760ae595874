//! `DeleteUserAttributes`

use super::attribute_changes::AttributeChanges;
use crate::attribute_rules::AttributeWriter;
use crate::error::ServiceError;
use crate::service::Service;

impl Service {
    /// Deletes attributes of the user that an access token speaks for, within what its client may
    /// write; one that the user does not have is no error.
    /// # Errors
    /// The facts of access tokens; [`ServiceError::AttributeNotWritable`],
    /// [`ServiceError::AttributeChangesRefused`].
    /// Source: API reference, `DeleteUserAttributes`; aws-amplify/amplify-js pull request 12128
    /// for attributes that the user does not have.
    pub async fn delete_user_attributes(
        &self,
        access_token: &str,
        names: Vec<String>,
    ) -> Result<(), ServiceError> {
        let verified = self.verify_self_service(access_token).await?;
        let (pool, user) = (&verified.pool, &verified.user);
        let writer = AttributeWriter::Client(&verified.client);
        let changes = AttributeChanges::of_names(&pool.settings, writer, names)?;
        self.change_attributes(pool, user, &changes).await.map(drop)
    }
}
