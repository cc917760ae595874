//! Checks an access token: signature, claims, and that nothing ended it.

use std::borrow::Cow;
use std::sync::Arc;

use poolhouse_crypto::jws::UncheckedJws;
use poolhouse_model::{
    AppClient, MfaSettings, OriginJti, Sub, TokenFamily, User, UserPool, UserPoolId,
};
use poolhouse_oauth::claims::{ClaimsError, ParsedAccessClaims, TokenContext};
use poolhouse_oauth::scope::USER_ADMIN;
use poolhouse_storage::SignedInUser;
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
    /// The second factors that the user turned on.
    pub mfa: MfaSettings,
    /// The family it belongs to.
    pub family: TokenFamily,
    /// Its claims.
    pub claims: ParsedAccessClaims,
}

#[derive(Deserialize)]
struct UncheckedIssuer<'a> {
    #[serde(borrow)]
    iss: Cow<'a, str>,
}

impl Service {
    /// Checks an access token.
    ///
    /// The issuer claim, read before the signature is checked, says only where to look for the
    /// key; it is compared with the pool's own issuers afterwards.
    /// # Errors
    /// [`ServiceError::AccessTokenInvalid`], [`ServiceError::AccessTokenExpired`],
    /// [`ServiceError::AccessTokenOfClient`], [`ServiceError::AccessTokenRevoked`],
    /// [`ServiceError::UserDisabled`], [`ServiceError::UserNotFound`].
    /// Source: aws-amplify/amplify-js, which ends its session at the texts of the last three.
    pub async fn verify_access_token(
        &self,
        token: &str,
    ) -> Result<VerifiedAccessToken, ServiceError> {
        let token = UncheckedJws::parse(token).map_err(|_| ServiceError::AccessTokenInvalid)?;
        let pool_id = unchecked_pool(&token).ok_or(ServiceError::AccessTokenInvalid)?;
        let pool = match self.pool(&pool_id).await {
            Err(ServiceError::UserPoolNotFound(_)) => return Err(ServiceError::AccessTokenInvalid),
            pool => pool?,
        };
        let keys = self.keyring(&pool_id).await?;
        let payload = token
            .verify(|kid| keys.access_verifying_key(kid))
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
        if claims.username.is_none() {
            return Err(ServiceError::AccessTokenOfClient);
        }
        let family_id = claims
            .origin_jti
            .clone()
            .or_else(|| claims.event_id.as_deref().map(OriginJti::new))
            .ok_or(ServiceError::AccessTokenInvalid)?;
        let found = self
            .signed_in_user(&pool_id, &family_id, &claims.sub)
            .await?;
        let SignedInUser { family, user, mfa } = found;
        if user.sub != claims.sub || family.client_id != claims.client_id {
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
            mfa,
            family,
            claims,
        })
    }

    /// Reads what an access token names. A family that is gone says nothing about its user: the
    /// user of a purged one is still there, a deleted user took theirs along.
    async fn signed_in_user(
        &self,
        pool_id: &UserPoolId,
        family_id: &OriginJti,
        sub: &Sub,
    ) -> Result<SignedInUser, ServiceError> {
        let found = self.storage.find_signed_in_user(pool_id, family_id);
        if let Some(found) = found.await? {
            return Ok(found);
        }
        Err(match self.storage.find_user(pool_id, sub).await? {
            Some(_) => ServiceError::AccessTokenRevoked,
            None => ServiceError::UserNotFound,
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
        if verified.claims.scopes.contains(USER_ADMIN) {
            Ok(verified)
        } else {
            Err(ServiceError::AccessTokenScopeMissing)
        }
    }
}

/// Reads the pool's id from the issuer claim, without believing anything yet.
fn unchecked_pool(token: &UncheckedJws<'_>) -> Option<UserPoolId> {
    let claims: UncheckedIssuer<'_> = serde_json::from_slice(token.unchecked_payload()).ok()?;
    let (_, pool_id) = claims.iss.rsplit_once('/')?;
    Some(UserPoolId::new(pool_id))
}
