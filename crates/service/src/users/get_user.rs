//! `GetUser`

use poolhouse_model::{MfaSettings, User};
use poolhouse_oauth::scope::AttributeFilter;

use crate::error::ServiceError;
use crate::service::Service;
use crate::tokens::visible_attributes;

/// What users read of themselves.
#[derive(Clone, Debug)]
pub struct OwnUser {
    /// The user, with the attributes that the client may read.
    pub user: User,
    /// The second factors that the user turned on.
    pub mfa: MfaSettings,
}

impl Service {
    /// Reads the user that an access token speaks for, with the attributes its client may read.
    /// # Errors
    /// The facts of access tokens.
    /// Source: API reference, `GetUser`.
    pub async fn get_user(&self, access_token: &str) -> Result<OwnUser, ServiceError> {
        let verified = self.verify_self_service(access_token).await?;
        let mut user = verified.user;
        let visible = visible_attributes(&verified.client, &user.attributes, &AttributeFilter::All);
        let visible = visible
            .into_iter()
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .collect();
        user.attributes = visible;
        Ok(OwnUser {
            user,
            mfa: verified.mfa,
        })
    }
}
