//! Ends tokens: one family by its refresh token, or all of a user.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_model::{AppClient, ClientId, SecretString};
use poolhouse_storage::Write;

use super::refresh::open_refresh_token;
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

const LINKED_SESSIONS: &str = "RevokeAssociatedSessions LINKED is not served yet by Poolhouse: \
    the token was not revoked. Send NONE, or sign the user out everywhere by GlobalSignOut.";

/// A revocation by `RevokeToken`.
#[derive(Clone, Debug)]
pub struct RevokeToken {
    /// The client.
    pub client_id: ClientId,
    /// Its secret, in the clear.
    pub client_secret: Option<SecretString>,
    /// The refresh token.
    pub token: SecretString,
    /// Whether the sign-ins that are linked to it are to end too.
    pub with_linked_sessions: bool,
}

impl Service {
    /// Ends a refresh token and every access token that came from it.
    ///
    /// A token that is none, or was revoked before, is no error.
    /// # Errors
    /// [`ServiceError::ClientNotAuthenticated`], [`ServiceError::TokenRevocationDisabled`],
    /// [`ServiceError::TokenNotRevocable`], [`ServiceError::TokenOfAnotherClient`];
    /// [`ServiceError::FeatureNotServed`] for linked sessions, before anything is ended.
    /// Source: API reference, `RevokeToken`; RFC 7009 section 2.2.
    pub async fn revoke_token(&self, request: RevokeToken) -> Result<(), ServiceError> {
        if request.with_linked_sessions {
            return Err(ServiceError::FeatureNotServed(LINKED_SESSIONS.to_owned()));
        }
        let (pool, client) = self.client(&request.client_id).await?;
        let keys = self.keyring(&pool.id).await?;
        keys.check_client_secret(&client, request.client_secret.as_ref())?;
        self.revoke_for_client(&client, &keys, request.token.expose())
            .await
    }

    /// Ends a family by its refresh token, for a client that has authenticated.
    pub(crate) async fn revoke_for_client(
        &self,
        client: &AppClient,
        keys: &PoolKeyring,
        token: &str,
    ) -> Result<(), ServiceError> {
        if !client.settings.is_token_revocation_enabled {
            return Err(ServiceError::TokenRevocationDisabled);
        }
        let Ok(content) = open_refresh_token(keys, token) else {
            return if is_signed_token(token) {
                Err(ServiceError::TokenNotRevocable)
            } else {
                Ok(())
            };
        };
        let family = self
            .storage
            .find_token_family(&client.pool_id, &content.family)
            .await?;
        let Some(family) = family else { return Ok(()) };
        if family.client_id != client.id {
            return Err(ServiceError::TokenOfAnotherClient);
        }
        if family.revoked_at.is_some() {
            return Ok(());
        }
        let (pool_id, origin_jti) = (family.pool_id, family.origin_jti);
        let revoke = Write::RevokeTokenFamily {
            pool_id,
            origin_jti,
            at: self.now(),
        };
        Ok(self.write([revoke]).await?)
    }

    /// `GlobalSignOut`: ends all tokens and browser sessions of the user that an access token
    /// speaks for.
    /// # Errors
    /// The facts of access tokens.
    /// Source: API reference, `GlobalSignOut`.
    pub async fn global_sign_out(&self, access_token: &str) -> Result<(), ServiceError> {
        let verified = match self.verify_self_service(access_token).await {
            Err(ServiceError::UserNotFound) => return Err(ServiceError::AccessTokenRevoked),
            verified => verified?,
        };
        let signed_out = self.change_user(&verified.pool.id, &verified.user.sub, |user| {
            user.token_generation += 1;
            Ok((Vec::new(), ()))
        });
        match signed_out.await {
            Err(ServiceError::UserNotFound) => Err(ServiceError::AccessTokenRevoked),
            outcome => outcome,
        }
    }
}

/// Whether the text has the form of an access or ID token: three parts, of which the first names an
/// algorithm.
fn is_signed_token(token: &str) -> bool {
    let Some((header, _)) = token.split_once('.') else {
        return false;
    };
    let header = URL_SAFE_NO_PAD.decode(header).unwrap_or_default();
    let names_algorithm = serde_json::from_slice::<serde_json::Value>(&header)
        .is_ok_and(|header| header["alg"].is_string());
    names_algorithm && token.split('.').count() == 3
}
