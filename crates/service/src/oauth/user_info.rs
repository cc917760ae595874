//! The `userInfo` endpoint.

use poolhouse_model::UserPoolId;
use poolhouse_oauth::scope::attributes_for;
use poolhouse_oauth::userinfo::{UserInfoError, bearer_token, userinfo_body};

use crate::error::ServiceError;
use crate::service::Service;
use crate::tokens::visible_attributes;

/// Why the endpoint tells nothing.
#[derive(Debug)]
pub enum UserInfoFailure {
    /// The request is refused.
    Refused(UserInfoError),
    /// The server failed.
    Failed(ServiceError),
}

impl From<UserInfoError> for UserInfoFailure {
    fn from(error: UserInfoError) -> Self {
        Self::Refused(error)
    }
}

impl Service {
    /// Tells the attributes, as they are now, that the token's scopes and its client's read
    /// permissions open; gives the JSON body.
    ///
    /// `host_pool` is the pool whose own domain was asked; a token of another pool is not valid
    /// there.
    /// # Errors
    /// [`UserInfoFailure::Refused`] names the fact.
    /// Source: AWS page "The userInfo endpoint".
    pub async fn user_info(
        &self,
        authorization: Option<&str>,
        host_pool: Option<&UserPoolId>,
    ) -> Result<Vec<u8>, UserInfoFailure> {
        let token = bearer_token(authorization)?;
        let verified = match self.verify_access_token(token.expose()).await {
            Ok(verified) => verified,
            Err(
                ServiceError::AccessTokenInvalid
                | ServiceError::AccessTokenExpired
                | ServiceError::AccessTokenRevoked
                | ServiceError::UserDisabled
                | ServiceError::UserNotFound,
            ) => return Err(UserInfoError::TokenInvalid.into()),
            // A client's own token never holds `openid`.
            Err(ServiceError::AccessTokenOfClient) => {
                return Err(UserInfoError::OpenidScopeMissing.into());
            }
            Err(error) => return Err(UserInfoFailure::Failed(error)),
        };
        let user = &verified.user;
        if host_pool.is_some_and(|host_pool| *host_pool != user.pool_id) {
            return Err(UserInfoError::TokenInvalid.into());
        }
        if !verified.claims.scopes.contains("openid") {
            return Err(UserInfoError::OpenidScopeMissing.into());
        }
        let filter = attributes_for(&verified.claims.scopes);
        let visible = visible_attributes(&verified.client, &user.attributes, &filter);
        Ok(userinfo_body(&user.sub, &user.username, &visible))
    }
}
