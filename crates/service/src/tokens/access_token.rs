//! Checks an access token: signature, claims, and that nothing ended it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_crypto::jws;
use poolhouse_model::{AppClient, OriginJti, TokenFamily, User, UserPool, UserPoolId};
use poolhouse_oauth::claims::{ClaimsError, ParsedAccessClaims, TokenContext};
use serde::Deserialize;

use super::is_alive;
use crate::error::ServiceError;
use crate::service::Service;

/// An access token that works, and whom it speaks for.
pub struct VerifiedAccessToken {
    /// The pool.
    pub pool: Arc<UserPool>,
    /// The client it was issued to.
    pub client: Arc<AppClient>,
    /// The user as they are now.
    pub user: User,
    /// The family it belongs to.
    pub family: TokenFamily,
    /// Its claims.
    pub claims: ParsedAccessClaims,
}

#[derive(Deserialize)]
struct UncheckedIssuer {
    iss: String,
}

impl Service {
    /// Checks an access token.
    ///
    /// The issuer claim, read before the signature is checked, says only where to look for the
    /// key; it is compared with the pool's own issuers afterwards.
    /// # Errors
    /// [`ServiceError::AccessTokenInvalid`], [`ServiceError::AccessTokenExpired`],
    /// [`ServiceError::AccessTokenRevoked`], [`ServiceError::UserDisabled`],
    /// [`ServiceError::UserNotFound`].
    /// Source: aws-amplify/amplify-js, which ends its session at the texts of the last three.
    pub async fn verify_access_token(
        &self,
        token: &str,
    ) -> Result<VerifiedAccessToken, ServiceError> {
        let pool_id = unchecked_pool(token).ok_or(ServiceError::AccessTokenInvalid)?;
        let pool = match self.pool(&pool_id).await {
            Err(ServiceError::UserPoolNotFound(_)) => return Err(ServiceError::AccessTokenInvalid),
            pool => pool?,
        };
        let keys = self.keyring(&pool_id).await?;
        let payload = jws::verify(token, |kid| keys.access_verifying_key(kid))
            .map_err(|_| ServiceError::AccessTokenInvalid)?;
        let issuers = self.settings.issuers(&pool_id);
        let issuers: Vec<&str> = issuers.iter().map(String::as_str).collect();
        let context = TokenContext {
            accepted_issuers: &issuers,
            now: self.now(),
        };
        let claims =
            ParsedAccessClaims::parse(&payload, &context).map_err(|error| match error {
                ClaimsError::Expired => ServiceError::AccessTokenExpired,
                _ => ServiceError::AccessTokenInvalid,
            })?;
        let family_id = claims
            .origin_jti
            .clone()
            .or_else(|| claims.event_id.as_deref().map(OriginJti::new))
            .ok_or(ServiceError::AccessTokenInvalid)?;
        let family = self.storage.find_token_family(&pool_id, &family_id).await?;
        let user = self.storage.find_user(&pool_id, &claims.sub).await?;
        let user = user.ok_or(ServiceError::UserNotFound)?;
        let family = family.ok_or(ServiceError::AccessTokenRevoked)?;
        if family.sub != user.sub || family.client_id != claims.client_id {
            return Err(ServiceError::AccessTokenInvalid);
        }
        if !user.is_enabled {
            return Err(ServiceError::UserDisabled);
        }
        if !is_alive(&family, &user) {
            return Err(ServiceError::AccessTokenRevoked);
        }
        let client = match self.client_of_pool(&pool_id, &claims.client_id).await {
            Ok((_, client)) => client,
            Err(ServiceError::AppClientNotFound(_)) => {
                return Err(ServiceError::AccessTokenRevoked);
            }
            Err(error) => return Err(error),
        };
        Ok(VerifiedAccessToken {
            pool,
            client,
            user,
            family,
            claims,
        })
    }

    /// Checks an access token of an operation that the user calls for themselves.
    /// # Errors
    /// As [`Service::verify_access_token`], and [`ServiceError::AccessTokenScopeMissing`].
    pub(crate) async fn verify_self_service(
        &self,
        token: &str,
    ) -> Result<VerifiedAccessToken, ServiceError> {
        let verified = self.verify_access_token(token).await?;
        if verified
            .claims
            .scopes
            .contains("aws.cognito.signin.user.admin")
        {
            Ok(verified)
        } else {
            Err(ServiceError::AccessTokenScopeMissing)
        }
    }
}

/// Reads the pool's id from the issuer claim, without believing anything yet.
fn unchecked_pool(token: &str) -> Option<UserPoolId> {
    if token.len() > jws::MAX_TOKEN_BYTES {
        return None;
    }
    let payload = token.split('.').nth(1)?;
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    let claims: UncheckedIssuer = serde_json::from_slice(&payload).ok()?;
    let (_, pool_id) = claims.iss.rsplit_once('/')?;
    Some(UserPoolId::new(pool_id))
}
