//! The authorization endpoint: who asks, whether they may, and what happens next.

use std::collections::BTreeSet;
use std::sync::Arc;

use poolhouse_model::{
    AppClient, AuthorizationCode, ClientId, OAuthFlow, RngExt, SecretString, Timestamp,
    TokenOrigin, User, UserPool, UserPoolId,
};
use poolhouse_oauth::authorization_error::AuthorizationError;
use poolhouse_oauth::authorization_request::{
    AuthorizationRequest, ClientPolicy, ResponseType, ValidatedRequest,
};
use poolhouse_oauth::authorization_response::{ImplicitTokens, ResponseTarget};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_oauth::scope::Scopes;
use poolhouse_storage::{Conflict, StorageError, Write};

use super::stored_hash;
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;
use crate::tokens::{Grant, Minting};
use crate::unserved_settings::check_sign_in_settings;

/// A request that may go on: who asks for what.
pub struct Authorization {
    /// The pool.
    pub pool: Arc<UserPool>,
    /// The client.
    pub client: Arc<AppClient>,
    /// The request.
    pub request: ValidatedRequest,
    /// Its parameters as they came.
    pub parameters: Parameters,
}

/// A refused request, with what a developer wants to see of it.
#[derive(Clone, Debug)]
pub struct RefusedAuthorization {
    /// Why.
    pub error: AuthorizationError,
    /// Where the answer goes; `None` for the error page.
    pub target: Option<ResponseTarget>,
    /// The client, if it is known.
    pub client_id: Option<ClientId>,
    /// The redirect URI as it came.
    pub received_redirect_uri: Option<String>,
    /// The redirect URIs that the client registered.
    pub registered_redirect_uris: Vec<String>,
}

/// Why an authorization request does not go on.
#[derive(Debug)]
pub enum AuthorizeFailure {
    /// It is refused.
    Refused(Box<RefusedAuthorization>),
    /// The server failed.
    Failed(ServiceError),
}

impl From<ServiceError> for AuthorizeFailure {
    fn from(error: ServiceError) -> Self {
        Self::Failed(error)
    }
}

impl From<AuthorizationError> for AuthorizeFailure {
    fn from(error: AuthorizationError) -> Self {
        Self::Refused(Box::new(RefusedAuthorization {
            error,
            target: None,
            client_id: None,
            received_redirect_uri: None,
            registered_redirect_uris: Vec::new(),
        }))
    }
}

/// What happens with a request that may go on.
#[derive(Debug)]
pub enum AuthorizationDecision {
    /// The browser goes to this address: back to the application.
    Redirect(String),
    /// The user signs in.
    SignIn,
}

impl Service {
    /// Checks an authorization request, in the order that decides what an attacker can reach.
    ///
    /// `host_pool` is the pool whose own domain was asked; a client of another pool is unknown
    /// there.
    /// # Errors
    /// [`AuthorizeFailure`] says why and where the answer goes.
    /// Source: AWS page "Authorize endpoint"; RFC 6749 section 4.1.2.1.
    pub async fn check_authorization(
        &self,
        parameters: Parameters,
        host_pool: Option<&UserPoolId>,
    ) -> Result<Authorization, AuthorizeFailure> {
        let request = AuthorizationRequest::new(parameters.clone());
        let client_id = request.client_id()?;
        let (pool, client) = match self.client(&client_id).await {
            Ok(found) => found,
            Err(ServiceError::AppClientNotFound(_) | ServiceError::UserPoolNotFound(_)) => {
                return Err(AuthorizationError::ClientUnknown.into());
            }
            Err(error) => return Err(error.into()),
        };
        if host_pool.is_some_and(|host_pool| *host_pool != pool.id) {
            return Err(AuthorizationError::ClientUnknown.into());
        }
        let allowed_scopes = Scopes::from_list(&client.settings.allowed_oauth_scopes);
        let policy = client_policy(&client, &allowed_scopes);
        match request.validate(&policy) {
            Ok(request) => Ok(Authorization {
                pool,
                client,
                request,
                parameters,
            }),
            Err(refusal) => {
                let received = parameters.single("redirect_uri").ok().flatten();
                Err(AuthorizeFailure::Refused(Box::new(RefusedAuthorization {
                    error: refusal.error,
                    target: refusal.target,
                    client_id: Some(client_id),
                    received_redirect_uri: received.map(str::to_owned),
                    registered_redirect_uris: client.settings.callback_urls.clone(),
                })))
            }
        }
    }

    /// Decides about a checked request: a browser that is signed in goes back at once, others
    /// sign in.
    /// # Errors
    /// Those of the store.
    pub async fn decide_authorization(
        &self,
        authorization: &Authorization,
        cookie: Option<&str>,
    ) -> Result<AuthorizationDecision, ServiceError> {
        let request = &authorization.request;
        let session = match cookie {
            Some(cookie) => {
                self.find_signed_in_browser(&authorization.pool, cookie)
                    .await?
            }
            None => None,
        };
        let is_recent = |authenticated_at: Timestamp| {
            request
                .max_age
                .is_none_or(|max_age| self.now().since(authenticated_at) <= max_age)
        };
        if let Some((session, user)) = session
            && !request.prompt.requires_login()
            && is_recent(session.authenticated_at)
        {
            let (location, writes) = self
                .grant(authorization, &user, session.authenticated_at)
                .await?;
            match self.write(writes).await {
                Ok(()) => return Ok(AuthorizationDecision::Redirect(location)),
                // The user signed out everywhere or is gone since the session was read.
                Err(StorageError::Conflict(Conflict::Stale)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        if request.prompt.is_none() {
            let code = AuthorizationError::LoginRequired.code();
            return Ok(AuthorizationDecision::Redirect(
                request.target.error_location(code, None),
            ));
        }
        Ok(AuthorizationDecision::SignIn)
    }

    /// Grants what a request asks for to a user who signed in: the address that the browser goes
    /// to, and the writes that make it good.
    pub(super) async fn grant(
        &self,
        authorization: &Authorization,
        user: &User,
        authenticated_at: Timestamp,
    ) -> Result<(String, Vec<Write>), ServiceError> {
        check_sign_in_settings(&authorization.pool)?;
        let request = &authorization.request;
        match request.response_type {
            ResponseType::Code => {
                let (code, row) = self.make_code(authorization, user, authenticated_at);
                let location = request.target.code_location(&code);
                Ok((
                    location,
                    vec![Write::CreateAuthorizationCode(Box::new(row))],
                ))
            }
            ResponseType::Token => {
                let keys = self.keyring(&authorization.pool.id).await?;
                self.grant_tokens(authorization, &keys, user, authenticated_at)
                    .await
            }
        }
    }

    fn make_code(
        &self,
        authorization: &Authorization,
        user: &User,
        authenticated_at: Timestamp,
    ) -> (SecretString, AuthorizationCode) {
        let request = &authorization.request;
        let code = self.rng.uuid();
        let now = self.now();
        let row = AuthorizationCode {
            pool_id: authorization.pool.id.clone(),
            code_hash: stored_hash(&code),
            client_id: authorization.client.id.clone(),
            sub: user.sub.clone(),
            token_generation: user.token_generation,
            redirect_uri: request.target.redirect_uri.as_str().to_owned(),
            scope: request.scopes.join(),
            nonce: request.nonce.clone(),
            code_challenge: request
                .code_challenge
                .as_ref()
                .map(|c| c.as_str().to_owned()),
            resource: request.resource.clone(),
            authenticated_at,
            issued_at: now,
            expires_at: now.after(self.settings.authorization_code_ttl),
            spent_at: None,
            origin_jti: None,
        };
        (SecretString::new(code), row)
    }

    async fn grant_tokens(
        &self,
        authorization: &Authorization,
        keys: &PoolKeyring,
        user: &User,
        authenticated_at: Timestamp,
    ) -> Result<(String, Vec<Write>), ServiceError> {
        let (request, client) = (&authorization.request, &authorization.client);
        let grant = Grant {
            scope: request.scopes.join(),
            origin: TokenOrigin::OAuth,
            nonce: request.nonce.clone(),
            resource: request.resource.clone(),
            authenticated_at,
        };
        let family = self.make_family(client, user, grant, self.now());
        let current = self.current_claims(user, &family).await?;
        let tokens = self.mint_access(Minting {
            keys,
            client,
            user,
            family: &family,
            current: &current,
        });
        let tokens = ImplicitTokens {
            id_token: tokens.id_token,
            access_token: tokens.access_token,
            access_token_ttl: tokens.access_token_ttl,
        };
        let location = request.target.tokens_location(&tokens);
        Ok((location, vec![Write::CreateTokenFamily(Box::new(family))]))
    }
}

fn client_policy<'a>(client: &'a AppClient, allowed_scopes: &'a Scopes) -> ClientPolicy<'a> {
    static NO_FLOWS: BTreeSet<OAuthFlow> = BTreeSet::new();
    let settings = &client.settings;
    ClientPolicy {
        allowed_flows: if settings.is_oauth_enabled {
            &settings.allowed_oauth_flows
        } else {
            &NO_FLOWS
        },
        allowed_scopes,
        callback_urls: &settings.callback_urls,
        default_redirect_uri: settings.default_redirect_uri.as_deref(),
        identity_provider_count: settings.supported_identity_providers.len(),
        requires_pkce: false,
        requires_implicit_nonce: false,
    }
}
