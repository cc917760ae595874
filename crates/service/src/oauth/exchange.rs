//! The token endpoint.

use std::collections::BTreeSet;
use std::sync::Arc;

use poolhouse_model::{
    AppClient, AuthorizationCode, OriginJti, RngExt, SecretString, TokenOrigin, Ttl, UserPool,
    UserPoolId,
};
use poolhouse_oauth::client_authentication::ClientAuthenticationError;
use poolhouse_oauth::pkce::{self, CodeChallenge};
use poolhouse_oauth::redirect_uri::RedirectUri;
use poolhouse_oauth::scope::Scopes;
use poolhouse_oauth::token_error::TokenError;
use poolhouse_oauth::token_request::{TokenGrant, TokenRequest};
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_storage::{Conflict, StorageError, Write};

use super::stored_hash;
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::tokens::{Grant, IssuedTokens, Minting};
use crate::unserved_settings::{check_client_token_settings, check_sign_in_settings};

/// How soon after its exchange a code may come again without ending the tokens: a page whose
/// effects run twice posts it twice.
const DOUBLE_POST_WINDOW: Ttl = Ttl::from_secs(10);

/// Why the token endpoint gives no tokens.
#[derive(Debug)]
pub enum TokenFailure {
    /// The request is refused.
    Refused(TokenError),
    /// The server failed.
    Failed(ServiceError),
}

impl From<TokenError> for TokenFailure {
    fn from(error: TokenError) -> Self {
        Self::Refused(error)
    }
}

impl From<ClientAuthenticationError> for TokenFailure {
    fn from(error: ClientAuthenticationError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<ServiceError> for TokenFailure {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::RefreshTokenInvalid
            | ServiceError::RefreshTokenExpired
            | ServiceError::RefreshTokenRevoked
            | ServiceError::RefreshTokenReused
            | ServiceError::UserDisabled => Self::Refused(TokenError::RefreshTokenInvalid),
            ServiceError::ScopeNotGranted(error) => Self::Refused(error.into()),
            error => Self::Failed(error),
        }
    }
}

impl From<StorageError> for TokenFailure {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.into())
    }
}

impl Service {
    /// Gives tokens for a grant. The client authenticates first, so that a wrong client consumes
    /// nothing.
    /// # Errors
    /// [`TokenFailure::Refused`] names the fact.
    /// Source: AWS page "Token endpoint"; RFC 6749 sections 4.1.3 and 6; RFC 7636 section 4.6.
    pub async fn exchange(
        &self,
        request: &TokenRequest,
        host_pool: Option<&UserPoolId>,
    ) -> Result<TokenResponse, TokenFailure> {
        let (pool, client) = self.authenticate_client(request, host_pool).await?;
        let keys = self.keyring(&pool.id).await?;
        let no_flows = BTreeSet::new();
        let flows = if client.settings.is_oauth_enabled {
            &client.settings.allowed_oauth_flows
        } else {
            &no_flows
        };
        request.grant.check_allowed(flows)?;
        let tokens = match &request.grant {
            TokenGrant::ClientCredentials { scope, .. } => {
                let scope = scope.as_deref();
                return self
                    .grant_client_credentials(&pool, &client, &keys, scope)
                    .await;
            }
            TokenGrant::AuthorizationCode {
                code,
                redirect_uri,
                code_verifier,
            } => {
                check_sign_in_settings(&pool)?;
                let exchange = CodeExchange {
                    pool: &pool,
                    client: &client,
                    keys: &keys,
                    redirect_uri,
                    code_verifier: code_verifier.as_ref(),
                };
                self.exchange_code(&exchange, code).await?
            }
            TokenGrant::RefreshToken { refresh_token } => {
                check_sign_in_settings(&pool)?;
                self.renew(&client, &keys, refresh_token.expose()).await?
            }
        };
        Ok(TokenResponse::User {
            access_token: tokens.access_token,
            id_token: tokens.id_token,
            refresh_token: tokens.refresh_token,
            access_token_ttl: tokens.access_token_ttl,
        })
    }

    /// Gives a client that has authenticated a token of its own. A client without secret has proven
    /// nothing.
    /// Source: RFC 6749 section 4.4.
    async fn grant_client_credentials(
        &self,
        pool: &UserPool,
        client: &AppClient,
        keys: &PoolKeyring,
        scope: Option<&str>,
    ) -> Result<TokenResponse, TokenFailure> {
        if client.sealed_secret.is_none() {
            return Err(TokenError::GrantNotAllowed.into());
        }
        check_client_token_settings(pool)?;
        let token = self.issue_client_token(client, keys, scope).await?;
        Ok(TokenResponse::Client {
            access_token: token.access_token,
            access_token_ttl: token.access_token_ttl,
        })
    }

    async fn authenticate_client(
        &self,
        request: &TokenRequest,
        host_pool: Option<&UserPoolId>,
    ) -> Result<(Arc<UserPool>, Arc<AppClient>), TokenFailure> {
        let found = self.client(request.client.client_id()).await;
        let (pool, client) = match found {
            Ok(found) => found,
            Err(ServiceError::AppClientNotFound(_) | ServiceError::UserPoolNotFound(_)) => {
                return Err(ClientAuthenticationError::ClientUnknown.into());
            }
            Err(error) => return Err(error.into()),
        };
        if host_pool.is_some_and(|host_pool| *host_pool != pool.id) {
            return Err(ClientAuthenticationError::ClientUnknown.into());
        }
        let keys = self.keyring(&pool.id).await?;
        let secret = keys.client_secret(&client)?;
        request.client.verify(secret.as_slice())?;
        Ok((pool, client))
    }

    async fn exchange_code(
        &self,
        exchange: &CodeExchange<'_>,
        code: &SecretString,
    ) -> Result<IssuedTokens, TokenFailure> {
        let pool_id = &exchange.pool.id;
        let code_hash = stored_hash(code.expose());
        let row = self
            .storage
            .find_authorization_code(pool_id, &code_hash)
            .await?;
        let (row, user) = row.ok_or(TokenError::CodeUnknown)?;
        if row.client_id != exchange.client.id {
            return Err(TokenError::CodeOfAnotherClient.into());
        }
        if row.spent_at.is_some() {
            self.answer_second_use(exchange, &row).await?;
            return Err(TokenError::CodeSpent.into());
        }
        if self.now() >= row.expires_at {
            return Err(TokenError::CodeExpired.into());
        }
        if let Err(error) = exchange.check(&row) {
            self.burn_code(&row).await?;
            return Err(error.into());
        }
        let user = user
            .filter(|user| user.is_enabled && user.token_generation == row.token_generation)
            .ok_or(TokenError::UserNotActive)?;
        let grant = Grant {
            scope: row.scope.clone(),
            origin: TokenOrigin::OAuth,
            nonce: row.nonce.clone(),
            resource: row.resource.clone(),
            authenticated_at: row.authenticated_at,
        };
        let family = self.make_family(exchange.client, &user, grant, self.now());
        let current = self.current_claims(&user, &family).await?;
        let tokens = self.mint_tokens(Minting {
            keys: exchange.keys,
            client: exchange.client,
            user: &user,
            family: &family,
            current: &current,
        })?;
        let spend = self.spend_code_write(&row, family.origin_jti.clone());
        match self
            .write([spend, Write::CreateTokenFamily(Box::new(family))])
            .await
        {
            Ok(()) => Ok(tokens),
            Err(StorageError::Conflict(Conflict::CodeSpent)) => Err(TokenError::CodeSpent.into()),
            Err(StorageError::Conflict(Conflict::Stale)) => Err(TokenError::UserNotActive.into()),
            Err(error) => Err(error.into()),
        }
    }

    fn spend_code_write(&self, row: &AuthorizationCode, origin_jti: OriginJti) -> Write {
        Write::SpendAuthorizationCode {
            pool_id: row.pool_id.clone(),
            code_hash: row.code_hash.clone(),
            origin_jti,
            at: self.now(),
        }
    }

    /// Spends a code whose exchange failed after the client was authenticated, so that nobody can
    /// try verifiers one after the other.
    /// Inferred: what the service does then is not known; this is the safer way.
    async fn burn_code(&self, row: &AuthorizationCode) -> Result<(), TokenFailure> {
        let nobody = OriginJti::new(self.rng.uuid());
        match self.write([self.spend_code_write(row, nobody)]).await {
            Ok(()) | Err(StorageError::Conflict(Conflict::CodeSpent)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// A spent code came again: somebody else may hold it, so what it gave is ended, unless the
    /// caller proves to be the one who exchanged it, or posts it twice in a row.
    /// Source: RFC 6749 section 4.1.2; RFC 9700 section 4.5.
    async fn answer_second_use(
        &self,
        exchange: &CodeExchange<'_>,
        row: &AuthorizationCode,
    ) -> Result<(), TokenFailure> {
        let now = self.now();
        let is_double_post = row
            .spent_at
            .is_some_and(|spent_at| now < spent_at.after(DOUBLE_POST_WINDOW));
        let has_same_proof = exchange.client.sealed_secret.is_some()
            || (row.code_challenge.is_some() && exchange.check_pkce(row).is_ok());
        if is_double_post || has_same_proof {
            return Ok(());
        }
        let Some(origin_jti) = row.origin_jti.clone() else {
            return Ok(());
        };
        tracing::warn!(pool.id = %row.pool_id, client.id = %row.client_id,
            "an authorization code came a second time: the tokens of the first are revoked");
        let pool_id = row.pool_id.clone();
        self.write([Write::RevokeTokenFamily {
            pool_id,
            origin_jti,
            at: now,
        }])
        .await?;
        Ok(())
    }
}

/// An exchange of a code by an authenticated client.
struct CodeExchange<'a> {
    pool: &'a UserPool,
    client: &'a AppClient,
    keys: &'a PoolKeyring,
    redirect_uri: &'a str,
    code_verifier: Option<&'a SecretString>,
}

impl CodeExchange<'_> {
    fn check(&self, row: &AuthorizationCode) -> Result<(), TokenError> {
        let registered = &self.client.settings.callback_urls;
        if RedirectUri::find_registered(self.redirect_uri, registered).is_none() {
            return Err(TokenError::RedirectUriNotRegistered);
        }
        if self.redirect_uri != row.redirect_uri {
            return Err(TokenError::RedirectUriMismatch);
        }
        self.check_pkce(row)?;
        self.check_readable(row)
    }

    fn check_pkce(&self, row: &AuthorizationCode) -> Result<(), TokenError> {
        let challenge = row.code_challenge.as_deref().and_then(CodeChallenge::parse);
        let verifier = self.code_verifier.map(SecretString::expose);
        Ok(pkce::check(challenge.as_ref(), verifier)?)
    }

    /// Refuses scopes of which the client may read only one half: `email` without
    /// `email_verified`, `phone_number` without `phone_number_verified`.
    /// Source: AWS page "Token endpoint", `invalid_grant`.
    fn check_readable(&self, row: &AuthorizationCode) -> Result<(), TokenError> {
        let scopes: Vec<String> = row.scope.split(' ').map(str::to_owned).collect();
        let scopes = Scopes::from_list(&scopes);
        let may_read = |name| self.client.settings.may_read(name);
        for (scope, value, flag) in [
            ("email", "email", "email_verified"),
            ("phone", "phone_number", "phone_number_verified"),
        ] {
            if scopes.contains(scope) && may_read(value) && !may_read(flag) {
                return Err(TokenError::AttributeNotReadable);
            }
        }
        Ok(())
    }
}
