//! A request to the authorization endpoint, read in stages.
//!
//! The stages follow the order of decisions: the client, then where an answer may go, then all
//! that can be answered there. Source: RFC 6749 sections 4.1.1 and 4.1.2.1; AWS page "Authorize
//! endpoint". Inferred: the order among the errors that are redirected.

use std::collections::BTreeSet;

use poolhouse_model::{ClientId, OAuthFlow, Ttl};

use crate::authorization_error::{AuthorizationError, ErrorDelivery};
use crate::authorization_response::ResponseTarget;
use crate::parameters::{Parameters, read_client_id};
use crate::pkce::{CodeChallenge, METHOD_S256};
use crate::prompt::Prompt;
use crate::redirect_uri::RedirectUri;
use crate::scope::Scopes;

/// Parameters that may come once.
const SINGLE_PARAMETERS: [&str; 17] = [
    "client_id",
    "redirect_uri",
    "state",
    "response_type",
    "scope",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "identity_provider",
    "idp_identifier",
    "lang",
    "login_hint",
    "prompt",
    "max_age",
    "resource",
    "request",
    "request_uri",
];

/// What the client is allowed, as far as an authorization request can ask for it.
#[derive(Clone, Copy, Debug)]
pub struct ClientPolicy<'a> {
    /// Flows that it may use; empty when the OAuth endpoints are shut to it.
    pub allowed_flows: &'a BTreeSet<OAuthFlow>,
    /// Scopes that it may ask for.
    pub allowed_scopes: &'a Scopes,
    /// Redirect URIs that it registered.
    pub callback_urls: &'a [String],
    /// The one of them that stands for an absent `redirect_uri`.
    pub default_redirect_uri: Option<&'a str>,
    /// How many identity providers it offers, the pool itself among them: without any nobody can
    /// sign in, and only with a single one may `redirect_uri` be absent.
    pub identity_provider_count: usize,
    /// Whether the code flow needs PKCE.
    pub requires_pkce: bool,
    /// Whether the implicit flow needs a `nonce`: not at the service, but in the strict preset.
    pub requires_implicit_nonce: bool,
}

/// Which flow a request starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseType {
    /// `code`
    Code,
    /// `token`
    Token,
}

/// A request of which nothing was checked yet.
#[derive(Clone, Debug)]
pub struct AuthorizationRequest {
    parameters: Parameters,
}

/// A request that obeys the protocol and the client's policy.
#[derive(Clone, Debug)]
pub struct ValidatedRequest {
    /// The client.
    pub client_id: ClientId,
    /// Where every answer goes.
    pub target: ResponseTarget,
    /// The flow.
    pub response_type: ResponseType,
    /// Scopes that are granted once the user signs in.
    pub scopes: Scopes,
    /// Comes back in the ID token.
    pub nonce: Option<String>,
    /// What the code will be bound to.
    pub code_challenge: Option<CodeChallenge>,
    /// What the application wishes to be asked of the user.
    pub prompt: Prompt,
    /// How long ago the user may have signed in.
    pub max_age: Option<Ttl>,
    /// Name of the identity provider to go to; `COGNITO` is the pool itself.
    pub identity_provider: Option<String>,
    /// An identifier, such as a mail domain, of the identity provider to go to.
    pub idp_identifier: Option<String>,
    /// Language of the pages.
    pub lang: Option<String>,
    /// Fills in the user name.
    pub login_hint: Option<String>,
    /// Becomes the `aud` of the access token.
    pub resource: Option<String>,
}

/// A refused request: why, and where to say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRefusal {
    /// Why.
    pub error: AuthorizationError,
    /// Where the answer goes; `None` for the error page.
    pub target: Option<ResponseTarget>,
}

impl From<AuthorizationError> for AuthorizationRefusal {
    fn from(error: AuthorizationError) -> Self {
        Self {
            error,
            target: None,
        }
    }
}

impl AuthorizationRequest {
    /// Wraps the parameters of a request.
    pub fn new(parameters: Parameters) -> Self {
        Self { parameters }
    }

    /// The parameters as they came: the query of the sign-in page repeats them.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// First stage: names the client, so that the caller can look it up.
    /// # Errors
    /// An error that belongs on the error page.
    pub fn client_id(&self) -> Result<ClientId, AuthorizationError> {
        let text = self.parameters.single("client_id")?;
        let text = text.ok_or(AuthorizationError::ClientIdMissing)?;
        read_client_id(text).ok_or(AuthorizationError::ClientUnknown)
    }

    /// First stage, with the client looked up: says where an answer may go.
    /// # Errors
    /// An error that belongs on the error page.
    pub fn redirect_uri(
        &self,
        policy: &ClientPolicy<'_>,
    ) -> Result<RedirectUri, AuthorizationError> {
        let requested = match self.parameters.single("redirect_uri")? {
            Some(requested) => requested,
            None => policy
                .implied_redirect_uri()
                .ok_or(AuthorizationError::RedirectUriMissing)?,
        };
        RedirectUri::find_registered(requested, policy.callback_urls)
            .ok_or(AuthorizationError::RedirectUriNotRegistered)
    }

    /// Second stage: checks everything against the policy of the client.
    /// # Errors
    /// [`AuthorizationRefusal`], with a target once the redirect URI is known to be good.
    pub fn validate(
        &self,
        policy: &ClientPolicy<'_>,
    ) -> Result<ValidatedRequest, AuthorizationRefusal> {
        let client_id = self.client_id()?;
        let redirect_uri = self.redirect_uri(policy)?;
        // A repeated state is ambiguous and goes back not at all.
        let state = self
            .parameters
            .single("state")
            .ok()
            .flatten()
            .map(str::to_owned);
        let target = ResponseTarget {
            redirect_uri,
            state,
        };
        self.validate_for(client_id, target.clone(), policy)
            .map_err(|error| {
                let target = (error.delivery() == ErrorDelivery::Redirect).then_some(target);
                AuthorizationRefusal { error, target }
            })
    }

    fn validate_for(
        &self,
        client_id: ClientId,
        target: ResponseTarget,
        policy: &ClientPolicy<'_>,
    ) -> Result<ValidatedRequest, AuthorizationError> {
        self.parameters.refuse_duplicates(&SINGLE_PARAMETERS)?;
        self.refuse_request_objects()?;
        let response_type = self.response_type(policy)?;
        if policy.identity_provider_count == 0 {
            return Err(AuthorizationError::NoIdentityProvider);
        }
        let code_challenge = self.code_challenge()?;
        if policy.requires_pkce && response_type == ResponseType::Code && code_challenge.is_none() {
            return Err(AuthorizationError::CodeChallengeMissing);
        }
        let nonce = self.text("nonce")?;
        if nonce.as_ref().is_some_and(|n| n.contains(char::is_control)) {
            return Err(AuthorizationError::NonceMalformed);
        }
        if policy.requires_implicit_nonce && response_type == ResponseType::Token && nonce.is_none()
        {
            return Err(AuthorizationError::NonceMissing);
        }
        let prompt = Prompt::parse(self.parameters.single("prompt")?.unwrap_or_default())?;
        let max_age = self.max_age()?;
        let requested = self.parameters.single("scope")?;
        let scopes = Scopes::grant_to_user(requested, policy.allowed_scopes)?;
        Ok(ValidatedRequest {
            client_id,
            target,
            response_type,
            scopes,
            nonce,
            code_challenge,
            prompt,
            max_age,
            identity_provider: self.text("identity_provider")?,
            idp_identifier: self.text("idp_identifier")?,
            lang: self.text("lang")?,
            login_hint: self.text("login_hint")?,
            resource: self.resource()?,
        })
    }

    fn text(&self, name: &'static str) -> Result<Option<String>, AuthorizationError> {
        Ok(self.parameters.single(name)?.map(str::to_owned))
    }

    /// Source: OpenID Connect Core section 6: unsupported ones are refused, never ignored.
    fn refuse_request_objects(&self) -> Result<(), AuthorizationError> {
        if self.parameters.contains("request") {
            return Err(AuthorizationError::RequestObjectUnsupported);
        }
        if self.parameters.contains("request_uri") {
            return Err(AuthorizationError::RequestUriUnsupported);
        }
        Ok(())
    }

    fn response_type(&self, policy: &ClientPolicy<'_>) -> Result<ResponseType, AuthorizationError> {
        let (response_type, flow) = match self.parameters.single("response_type")? {
            None => return Err(AuthorizationError::ResponseTypeMissing),
            Some("code") => (ResponseType::Code, OAuthFlow::Code),
            Some("token") => (ResponseType::Token, OAuthFlow::Implicit),
            Some(_) => return Err(AuthorizationError::ResponseTypeUnsupported),
        };
        if policy.allowed_flows.contains(&flow) {
            Ok(response_type)
        } else {
            Err(AuthorizationError::GrantNotAllowed)
        }
    }

    fn code_challenge(&self) -> Result<Option<CodeChallenge>, AuthorizationError> {
        let challenge = self.parameters.single("code_challenge")?;
        let method = self.parameters.single("code_challenge_method")?;
        match (challenge, method) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(AuthorizationError::CodeChallengeWithoutMethod),
            (_, Some(method)) if method != METHOD_S256 => {
                Err(AuthorizationError::CodeChallengeMethodUnsupported)
            }
            (None, Some(_)) => Err(AuthorizationError::CodeChallengeMethodWithoutChallenge),
            (Some(challenge), Some(_)) => match CodeChallenge::parse(challenge) {
                Some(challenge) => Ok(Some(challenge)),
                None => Err(AuthorizationError::CodeChallengeMalformed),
            },
        }
    }

    fn max_age(&self) -> Result<Option<Ttl>, AuthorizationError> {
        let Some(text) = self.parameters.single("max_age")? else {
            return Ok(None);
        };
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(AuthorizationError::MaxAgeMalformed);
        }
        // What is too long for a number is longer than any browser session.
        Ok(Some(Ttl::from_secs(text.parse().unwrap_or(i64::MAX))))
    }

    fn resource(&self) -> Result<Option<String>, AuthorizationError> {
        let Some(text) = self.parameters.single("resource")? else {
            return Ok(None);
        };
        // Source: RFC 8707 section 2: absolute and without a fragment, as a redirect URI is.
        RedirectUri::parse(text).map_err(|_| AuthorizationError::ResourceMalformed)?;
        Ok(Some(text.to_owned()))
    }
}

impl ClientPolicy<'_> {
    /// What stands for an absent `redirect_uri`.
    /// Source: AWS page "Authorize endpoint".
    fn implied_redirect_uri(&self) -> Option<&str> {
        if self.identity_provider_count != 1 {
            return None;
        }
        self.default_redirect_uri.or(match self.callback_urls {
            [only] => Some(only),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
