//! Makes the tokens of a sign-in.

use poolhouse_crypto::refresh_token;
use poolhouse_model::{
    AppClient, OriginJti, RngExt, SecretString, Timestamp, TokenFamily, TokenOrigin, Ttl, User,
};
use poolhouse_oauth::claims::{
    AccessTokenClaims, GroupClaims, IdTokenClaims, TokenIds, TokenTimes, at_hash,
};
use serde::{Deserialize, Serialize};

use super::{CurrentClaims, attribute_filter, scopes_of, visible_attributes};
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// What a finished sign-in grants.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    /// Granted scopes, separated by blanks.
    pub(crate) scope: String,
    /// Which door issues the tokens.
    pub(crate) origin: TokenOrigin,
    /// The `nonce` parameter.
    pub(crate) nonce: Option<String>,
    /// The `resource` parameter.
    pub(crate) resource: Option<String>,
    /// When the user signed in.
    pub(crate) authenticated_at: Timestamp,
}

/// All that the tokens of a user are made from.
#[derive(Clone, Copy)]
pub(crate) struct Minting<'a> {
    /// The pool's keys.
    pub(crate) keys: &'a PoolKeyring,
    /// The client.
    pub(crate) client: &'a AppClient,
    /// The user.
    pub(crate) user: &'a User,
    /// The family that the tokens belong to.
    pub(crate) family: &'a TokenFamily,
    /// What was read for them just now.
    pub(crate) current: &'a CurrentClaims,
}

/// Tokens as they leave the server.
#[derive(Clone, Debug)]
pub struct IssuedTokens {
    /// The access token.
    pub access_token: SecretString,
    /// The ID token; `None` when `openid` was not granted.
    pub id_token: Option<SecretString>,
    /// The refresh token; `None` after a refresh without rotation.
    pub refresh_token: Option<SecretString>,
    /// How long the access token works.
    pub access_token_ttl: Ttl,
}

/// What a refresh token holds, sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct RefreshTokenContent {
    /// The family that it renews.
    pub(super) family: OriginJti,
    /// Which refresh token of the family it is: 0 for the first.
    pub(super) rotation: i64,
}

impl Service {
    /// Makes the family of a sign-in; its row is written with the sign-in.
    pub(crate) fn make_family(
        &self,
        client: &AppClient,
        user: &User,
        grant: Grant,
        now: Timestamp,
    ) -> TokenFamily {
        TokenFamily {
            pool_id: user.pool_id.clone(),
            origin_jti: OriginJti::generate(&*self.rng),
            sub: user.sub.clone(),
            client_id: client.id.clone(),
            token_generation: user.token_generation,
            scope: grant.scope,
            origin: grant.origin,
            authenticated_at: grant.authenticated_at,
            expires_at: now.after(client.settings.token_validity.refresh_token_ttl()),
            revoked_at: None,
            rotation: 0,
            rotated_at: None,
            nonce: grant.nonce,
            resource: grant.resource,
        }
    }

    /// Mints the first tokens of a family, with its refresh token.
    pub(crate) fn mint_tokens(&self, minting: Minting<'_>) -> Result<IssuedTokens, ServiceError> {
        let mut tokens = self.mint_access(minting);
        tokens.refresh_token = Some(self.mint_refresh_token(minting.keys, minting.family)?);
        Ok(tokens)
    }

    /// Mints an access token, and an ID token where `openid` was granted or the API signed in.
    pub(crate) fn mint_access(&self, minting: Minting<'_>) -> IssuedTokens {
        let Minting {
            keys,
            client,
            user,
            family,
            current,
        } = minting;
        let now = self.now();
        let validity = &client.settings.token_validity;
        let times = |ttl: Ttl| TokenTimes {
            authenticated_at: family.authenticated_at,
            issued_at: now,
            expires_at: now.after(ttl),
        };
        let has_ids =
            client.settings.is_token_revocation_enabled || client.settings.rotates_refresh_tokens();
        let (access_jti, id_jti) = (self.rng.uuid(), self.rng.uuid());
        let ids = |jti| TokenIds {
            jti,
            origin_jti: &family.origin_jti,
        };
        // Without `origin_jti` the event id names the family, so that the access token can still
        // be checked against sign-out.
        let event_id = if has_ids {
            self.rng.uuid()
        } else {
            family.origin_jti.as_str().to_owned()
        };
        let issuer = self.settings.issuer(&user.pool_id);
        let is_oauth = family.origin == TokenOrigin::OAuth;
        let groups = current.groups.names();
        let access_claims = AccessTokenClaims {
            sub: &user.sub,
            iss: &issuer,
            client_id: &client.id,
            username: &user.username,
            groups: &groups,
            scope: &current.scope,
            resource: family.resource.as_deref(),
            device_key: None,
            is_oauth,
            ids: has_ids.then(|| ids(&access_jti)),
            event_id: &event_id,
            times: times(validity.access_token_ttl()),
        };
        let access_token = SecretString::new(keys.access_token_key.sign(&access_claims.to_json()));
        let wants_id_token = !is_oauth || scopes_of(family).contains("openid");
        let id_token = wants_id_token.then(|| {
            let hash = is_oauth.then(|| at_hash(&access_token));
            let filter = attribute_filter(family);
            let claims = IdTokenClaims {
                sub: &user.sub,
                iss: &issuer,
                client_id: &client.id,
                username: &user.username,
                groups: GroupClaims {
                    groups: &groups,
                    roles: &current.groups.roles(),
                    preferred_role: current.groups.preferred_role(),
                },
                identities: &[],
                attributes: &visible_attributes(client, &user.attributes, &filter),
                nonce: family.nonce.as_deref(),
                at_hash: hash.as_deref(),
                ids: has_ids.then(|| ids(&id_jti)),
                event_id: &event_id,
                times: times(validity.id_token_ttl()),
            };
            SecretString::new(keys.id_token_key.sign(&claims.to_json()))
        });
        IssuedTokens {
            access_token,
            id_token,
            refresh_token: None,
            access_token_ttl: validity.access_token_ttl(),
        }
    }

    /// Mints the refresh token of a family at its present rotation.
    pub(super) fn mint_refresh_token(
        &self,
        keys: &PoolKeyring,
        family: &TokenFamily,
    ) -> Result<SecretString, ServiceError> {
        let content = RefreshTokenContent {
            family: family.origin_jti.clone(),
            rotation: family.rotation,
        };
        let content = serde_json::to_vec(&content)
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let token = refresh_token::seal(&keys.sealer, &content, &*self.rng)?;
        Ok(SecretString::new(token))
    }
}
