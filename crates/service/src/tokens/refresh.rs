//! Renews tokens by a refresh token.

use poolhouse_crypto::refresh_token;
use poolhouse_crypto::secret_hash;
use poolhouse_model::{AppClient, ClientId, SecretString, TokenFamily, Ttl, User};
use poolhouse_storage::{Conflict, SignedInUser, StorageError, Write};

use super::is_alive;
use super::issue::{IssuedTokens, Minting, RefreshTokenContent};
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::sign_in::{AuthParameters, Caller};
use crate::unserved_settings::check_sign_in_settings;

/// A refresh by `GetTokensFromRefreshToken`.
#[derive(Clone, Debug)]
pub struct RefreshRequest {
    /// The client.
    pub client_id: ClientId,
    /// Its secret, in the clear.
    pub client_secret: Option<SecretString>,
    /// The refresh token.
    pub refresh_token: SecretString,
}

/// A refresh token that works, and what it renews.
pub(crate) struct LiveFamily {
    pub(crate) family: TokenFamily,
    pub(crate) user: User,
    rotation: i64,
}

impl Service {
    /// `GetTokensFromRefreshToken`
    /// # Errors
    /// [`ServiceError::RefreshTokenInvalid`], [`ServiceError::RefreshTokenExpired`],
    /// [`ServiceError::RefreshTokenRevoked`], [`ServiceError::RefreshTokenReused`],
    /// [`ServiceError::ClientNotAuthenticated`].
    /// Source: API reference, `GetTokensFromRefreshToken`.
    pub async fn get_tokens_from_refresh_token(
        &self,
        request: RefreshRequest,
    ) -> Result<IssuedTokens, ServiceError> {
        let (pool, client) = self.client(&request.client_id).await?;
        let keys = self.keyring(&pool.id).await?;
        keys.check_client_secret(&client, request.client_secret.as_ref())?;
        check_sign_in_settings(&pool)?;
        self.renew(&client, &keys, request.refresh_token.expose())
            .await
    }

    /// `REFRESH_TOKEN_AUTH`
    pub(crate) async fn refresh_by_flow(
        &self,
        caller: &Caller,
        parameters: &AuthParameters,
    ) -> Result<IssuedTokens, ServiceError> {
        let token = parameters.get("REFRESH_TOKEN")?;
        check_sign_in_settings(&caller.pool)?;
        let live = self
            .find_live_family(&caller.client, &caller.keys, token)
            .await;
        let secret = caller.keys.client_secret(&caller.client)?;
        if let Some(secret) = secret {
            let hash = parameters.find("SECRET_HASH");
            let hash =
                hash.ok_or_else(|| ServiceError::SecretHashMissing(caller.client.id.clone()))?;
            if let Ok(live) = &live {
                let username = live.user.username.as_str();
                if !secret_hash::verify(&secret, username, &caller.client.id, hash) {
                    let id = caller.client.id.clone();
                    return Err(ServiceError::RefreshSecretHashMismatch(id));
                }
            }
        }
        self.renew_family(&caller.client, &caller.keys, live?).await
    }

    /// Renews the tokens of a family, for a client that has authenticated.
    /// # Errors
    /// The facts of refresh tokens.
    pub(crate) async fn renew(
        &self,
        client: &AppClient,
        keys: &PoolKeyring,
        token: &str,
    ) -> Result<IssuedTokens, ServiceError> {
        let live = self.find_live_family(client, keys, token).await?;
        self.renew_family(client, keys, live).await
    }

    async fn renew_family(
        &self,
        client: &AppClient,
        keys: &PoolKeyring,
        live: LiveFamily,
    ) -> Result<IssuedTokens, ServiceError> {
        let LiveFamily {
            mut family,
            user,
            rotation,
        } = live;
        let current = self.current_claims(&user, &family).await?;
        let mut tokens = self.mint_access(Minting {
            keys,
            client,
            user: &user,
            family: &family,
            current: &current,
        });
        if !client.settings.rotates_refresh_tokens() {
            return Ok(tokens);
        }
        if rotation == family.rotation {
            let rotate = Write::RotateRefreshToken {
                pool_id: family.pool_id.clone(),
                origin_jti: family.origin_jti.clone(),
                from: rotation,
                at: self.now(),
            };
            match self.write([rotate]).await {
                Ok(()) => family.rotation += 1,
                // Somebody else rotated at the same time: within the grace period both get the
                // same next token.
                Err(StorageError::Conflict(Conflict::FamilySpent)) => {
                    family = self.reread_rotated(client, &family, rotation).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        tokens.refresh_token = Some(self.mint_refresh_token(keys, &family)?);
        Ok(tokens)
    }

    async fn reread_rotated(
        &self,
        client: &AppClient,
        family: &TokenFamily,
        rotation: i64,
    ) -> Result<TokenFamily, ServiceError> {
        let family = self
            .storage
            .find_token_family(&family.pool_id, &family.origin_jti)
            .await?;
        let family = family.filter(|family| family.revoked_at.is_none());
        let family = family.ok_or(ServiceError::RefreshTokenRevoked)?;
        if self.is_in_grace(client, &family, rotation) {
            return Ok(family);
        }
        self.revoke_reused(&family).await?;
        Err(ServiceError::RefreshTokenReused)
    }

    /// Whether the token before the current one still works.
    fn is_in_grace(&self, client: &AppClient, family: &TokenFamily, rotation: i64) -> bool {
        let grace = client.settings.refresh_token_rotation;
        let grace = Ttl::from_secs(grace.map_or(0, |r| r.retry_grace_period_secs));
        rotation + 1 == family.rotation
            && family
                .rotated_at
                .is_some_and(|at| self.now() < at.after(grace))
    }

    /// Ends a family whose rotated-out token came again: one of the two holders is a thief.
    /// Source: RFC 9700 section 4.14.2.
    async fn revoke_reused(&self, family: &TokenFamily) -> Result<(), ServiceError> {
        let revoke = Write::RevokeTokenFamily {
            pool_id: family.pool_id.clone(),
            origin_jti: family.origin_jti.clone(),
            at: self.now(),
        };
        tracing::warn!(pool.id = %family.pool_id, client.id = %family.client_id,
            "a rotated refresh token came again: its family is revoked");
        Ok(self.write([revoke]).await?)
    }

    /// Opens a refresh token and finds what it renews.
    /// # Errors
    /// The facts of refresh tokens.
    pub(crate) async fn find_live_family(
        &self,
        client: &AppClient,
        keys: &PoolKeyring,
        token: &str,
    ) -> Result<LiveFamily, ServiceError> {
        let content = open_refresh_token(keys, token)?;
        let found = self
            .storage
            .find_signed_in_user(&client.pool_id, &content.family)
            .await?;
        let SignedInUser { family, user, .. } = found.ok_or(ServiceError::RefreshTokenInvalid)?;
        if family.client_id != client.id {
            return Err(ServiceError::RefreshTokenInvalid);
        }
        if self.now() >= family.expires_at {
            return Err(ServiceError::RefreshTokenExpired);
        }
        if !user.is_enabled {
            return Err(ServiceError::UserDisabled);
        }
        if !is_alive(&family, &user) {
            return Err(ServiceError::RefreshTokenRevoked);
        }
        let rotation = content.rotation;
        if rotation != family.rotation && !self.is_in_grace(client, &family, rotation) {
            self.revoke_reused(&family).await?;
            return Err(ServiceError::RefreshTokenReused);
        }
        Ok(LiveFamily {
            family,
            user,
            rotation,
        })
    }
}

pub(super) fn open_refresh_token(
    keys: &PoolKeyring,
    token: &str,
) -> Result<RefreshTokenContent, ServiceError> {
    let content =
        refresh_token::open(&keys.sealer, token).map_err(|_| ServiceError::RefreshTokenInvalid)?;
    serde_json::from_slice(&content).map_err(|_| ServiceError::RefreshTokenInvalid)
}
