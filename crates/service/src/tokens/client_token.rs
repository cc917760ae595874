//! Access tokens of clients that act for themselves, not for a user.
//!
//! Such a token is signed and that is all: there is no user, no family and no row, and nothing
//! ends it before its time.

use poolhouse_model::{AppClient, ClientId, ExplicitAuthFlow, RngExt, SecretString, Ttl};
use poolhouse_oauth::claims::{ClientAccessTokenClaims, TokenTimes};
use poolhouse_oauth::scope::{ScopeError, Scopes};

use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::unserved_settings::check_client_token_settings;

/// The access token of a client.
#[derive(Clone, Debug)]
pub struct ClientToken {
    /// The token.
    pub access_token: SecretString,
    /// How long it works.
    pub access_token_ttl: Ttl,
}

/// A call of `GetClientToken`.
#[derive(Clone, Debug)]
pub struct GetClientToken {
    /// The client.
    pub client_id: ClientId,
    /// Its secret, in the clear.
    pub secret: SecretString,
    /// Scopes asked for; when empty, all custom ones of the client.
    pub scopes: Vec<String>,
}

impl Service {
    /// Gives a client an access token of its own.
    /// # Errors
    /// [`ServiceError::AppClientNotFound`], [`ServiceError::ClientNotAuthenticated`],
    /// [`ServiceError::AuthFlowNotEnabled`], [`ServiceError::ScopeNotGranted`];
    /// [`ServiceError::FeatureNotServed`] where a trigger should have its say.
    /// Source: API reference, `GetClientToken`. Inferred: the order of the checks.
    pub async fn get_client_token(
        &self,
        request: GetClientToken,
    ) -> Result<ClientToken, ServiceError> {
        let (pool, client) = self.client(&request.client_id).await?;
        let keys = self.keyring(&pool.id).await?;
        keys.check_client_secret(&client, Some(&request.secret))?;
        if !client
            .settings
            .allows_any(&[ExplicitAuthFlow::AllowClientToken])
        {
            return Err(ServiceError::AuthFlowNotEnabled("CLIENT_TOKEN_AUTH"));
        }
        check_client_token_settings(&pool)?;
        let scopes = request.scopes.join(" ");
        self.issue_client_token(&client, &keys, Some(&scopes)).await
    }

    /// Makes the access token of a client that has authenticated and may have one.
    /// # Errors
    /// [`ServiceError::ScopeNotGranted`].
    /// Source: AWS page "Scopes, M2M, and resource servers". Inferred: one scope that the client
    /// may not have refuses them all.
    pub(crate) async fn issue_client_token(
        &self,
        client: &AppClient,
        keys: &PoolKeyring,
        requested: Option<&str>,
    ) -> Result<ClientToken, ServiceError> {
        let scopes = self.client_scopes(client, requested).await?;
        let now = self.now();
        let ttl = client.settings.token_validity.access_token_ttl();
        let claims = ClientAccessTokenClaims {
            client_id: &client.id,
            iss: &self.settings.issuer(&client.pool_id),
            scope: &scopes.join(),
            jti: &self.rng.uuid(),
            times: TokenTimes {
                authenticated_at: now,
                issued_at: now,
                expires_at: now.after(ttl),
            },
        };
        Ok(ClientToken {
            access_token: SecretString::new(keys.access_token_key.sign(&claims.to_json())),
            access_token_ttl: ttl,
        })
    }

    async fn client_scopes(
        &self,
        client: &AppClient,
        requested: Option<&str>,
    ) -> Result<Scopes, ServiceError> {
        let allowed = Scopes::from_list(&client.settings.allowed_oauth_scopes);
        let granted = Scopes::grant_to_client(requested, &allowed)?;
        let existing = self.existing_scopes(&client.pool_id, granted).await?;
        if existing.is_empty() {
            return Err(ScopeError::NothingToGrant.into());
        }
        Ok(existing)
    }
}
