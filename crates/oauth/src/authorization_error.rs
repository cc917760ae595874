//! What can be wrong with an authorization request, and where the answer goes.

use crate::error::OAuthErrorCode;
use crate::parameters::{DuplicateParameter, ParametersError};
use crate::prompt::PromptContradiction;
use crate::scope::ScopeError;

/// Code for a malformed `resource`.
/// Inferred: the service names none; RFC 8707 would say `invalid_target`.
const RESOURCE_MALFORMED_CODE: OAuthErrorCode = OAuthErrorCode::InvalidRequest;

/// A fact that stops an authorization request; `Display` explains it to a developer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizationError {
    /// The parameters could not be decoded.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// A parameter came more than once.
    #[error(transparent)]
    DuplicateParameter(#[from] DuplicateParameter),
    /// `client_id` is absent.
    #[error("Required String parameter 'client_id' is not present")]
    ClientIdMissing,
    /// There is no such client.
    #[error("the client is unknown")]
    ClientUnknown,
    /// `redirect_uri` is absent and the client has none that could stand for it.
    #[error("Required String parameter 'redirect_uri' is not present")]
    RedirectUriMissing,
    /// `redirect_uri` is not one that the client registered.
    #[error("the redirect_uri is not registered for the client")]
    RedirectUriNotRegistered,
    /// The client offers no way to sign in.
    #[error("no identity provider is enabled for the client")]
    NoIdentityProvider,
    /// `request` came, which is not supported.
    #[error("the request parameter is not supported")]
    RequestObjectUnsupported,
    /// `request_uri` came, which is not supported and never fetched.
    #[error("the request_uri parameter is not supported")]
    RequestUriUnsupported,
    /// `response_type` is absent.
    #[error("Required String parameter 'response_type' is not present")]
    ResponseTypeMissing,
    /// `response_type` is neither `code` nor `token`.
    #[error("the response_type must be 'code' or 'token'")]
    ResponseTypeUnsupported,
    /// The client may not use the flow that `response_type` starts.
    #[error("the client may not use this response_type")]
    GrantNotAllowed,
    /// `code_challenge` came without `code_challenge_method`.
    #[error("a code_challenge needs its code_challenge_method")]
    CodeChallengeWithoutMethod,
    /// `code_challenge_method` came without `code_challenge`.
    #[error("a code_challenge_method needs its code_challenge")]
    CodeChallengeMethodWithoutChallenge,
    /// `code_challenge_method` is not `S256`.
    #[error("the code_challenge_method must be 'S256'")]
    CodeChallengeMethodUnsupported,
    /// `code_challenge` is not the base64url of a SHA-256 digest.
    #[error("the code_challenge must be the base64url of a SHA-256 digest, without padding")]
    CodeChallengeMalformed,
    /// The client must use PKCE and did not.
    #[error("the client must send a code_challenge")]
    CodeChallengeMissing,
    /// The implicit flow needs a `nonce` by configuration.
    #[error("the implicit flow needs a nonce")]
    NonceMissing,
    /// `nonce` holds control characters.
    #[error("the nonce must not hold control characters")]
    NonceMalformed,
    /// `prompt` asks for no page and for one.
    #[error("the prompt 'none' must come alone")]
    PromptContradiction,
    /// `max_age` is not a whole number of seconds.
    #[error("max_age must be a whole number of seconds")]
    MaxAgeMalformed,
    /// The scopes cannot be granted.
    #[error(transparent)]
    ScopeInvalid(#[from] ScopeError),
    /// `resource` is not an absolute URL.
    #[error("resource must be a https URL, a http URL on localhost or a URL of a custom scheme")]
    ResourceMalformed,
    /// `prompt=none`, and the user has to sign in.
    #[error("the user has to sign in")]
    LoginRequired,
}

/// Where the answer to a refused authorization request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorDelivery {
    /// To the error page: the redirect target is not to be trusted.
    Page,
    /// To the redirect target.
    Redirect,
}

impl AuthorizationError {
    /// The code on the wire.
    /// Source: AWS page "Authorize endpoint"; OpenID Connect Core section 3.1.2.6.
    pub fn code(self) -> OAuthErrorCode {
        match self {
            Self::RedirectUriNotRegistered => OAuthErrorCode::RedirectMismatch,
            Self::RequestObjectUnsupported => OAuthErrorCode::RequestNotSupported,
            Self::RequestUriUnsupported => OAuthErrorCode::RequestUriNotSupported,
            Self::GrantNotAllowed | Self::NoIdentityProvider => OAuthErrorCode::UnauthorizedClient,
            Self::ScopeInvalid(_) => OAuthErrorCode::InvalidScope,
            Self::ResourceMalformed => RESOURCE_MALFORMED_CODE,
            Self::LoginRequired => OAuthErrorCode::LoginRequired,
            Self::Parameters(_)
            | Self::DuplicateParameter(_)
            | Self::ClientIdMissing
            | Self::ClientUnknown
            | Self::RedirectUriMissing
            | Self::ResponseTypeMissing
            | Self::ResponseTypeUnsupported
            | Self::CodeChallengeWithoutMethod
            | Self::CodeChallengeMethodWithoutChallenge
            | Self::CodeChallengeMethodUnsupported
            | Self::CodeChallengeMalformed
            | Self::CodeChallengeMissing
            | Self::NonceMissing
            | Self::NonceMalformed
            | Self::PromptContradiction
            | Self::MaxAgeMalformed => OAuthErrorCode::InvalidRequest,
        }
    }

    /// Where the answer goes: to the redirect target once client and target are known to be good.
    /// Source: RFC 6749 section 4.1.2.1. Inferred: that a client without identity providers gets
    /// the page: the service has nothing to show there, and reports tell of its error page.
    pub fn delivery(self) -> ErrorDelivery {
        match self {
            Self::Parameters(_)
            | Self::ClientIdMissing
            | Self::ClientUnknown
            | Self::RedirectUriMissing
            | Self::RedirectUriNotRegistered
            | Self::NoIdentityProvider
            | Self::DuplicateParameter(DuplicateParameter("client_id" | "redirect_uri")) => {
                ErrorDelivery::Page
            }
            _ => ErrorDelivery::Redirect,
        }
    }
}

impl From<PromptContradiction> for AuthorizationError {
    fn from(_: PromptContradiction) -> Self {
        Self::PromptContradiction
    }
}
