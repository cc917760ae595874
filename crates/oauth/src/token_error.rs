//! What can be wrong at the token endpoint.

use crate::client_authentication::ClientAuthenticationError;
use crate::error::OAuthErrorCode;
use crate::parameters::{DuplicateParameter, ParametersError};
use crate::pkce::PkceError;
use crate::scope::ScopeError;

/// A fact that stops a token request; `Display` explains it to a developer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The parameters could not be decoded.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// A parameter came more than once.
    #[error(transparent)]
    DuplicateParameter(#[from] DuplicateParameter),
    /// The client was not authenticated.
    #[error(transparent)]
    ClientAuthentication(#[from] ClientAuthenticationError),
    /// `grant_type` is absent.
    #[error("grant_type is missing")]
    GrantTypeMissing,
    /// `grant_type` is not one that is served.
    #[error("the grant_type is not supported")]
    GrantTypeUnsupported,
    /// The client may not use the grant.
    #[error("the client may not use this grant_type")]
    GrantNotAllowed,
    /// `code` is absent.
    #[error("code is missing")]
    CodeMissing,
    /// `redirect_uri` is absent.
    #[error("redirect_uri is missing")]
    RedirectUriMissing,
    /// `refresh_token` is absent.
    #[error("refresh_token is missing")]
    RefreshTokenMissing,
    /// `aws_client_metadata` is not a JSON object of texts.
    #[error("aws_client_metadata must be a JSON object whose values are strings")]
    ClientMetadataMalformed,
    /// No such code was issued.
    #[error("the code is unknown")]
    CodeUnknown,
    /// The code is too old.
    #[error("the code has expired")]
    CodeExpired,
    /// The code was exchanged before.
    #[error("the code was used before")]
    CodeSpent,
    /// The code was issued to another client.
    #[error("the code was issued to another client")]
    CodeOfAnotherClient,
    /// `redirect_uri` is not one that the client registered.
    #[error("the redirect_uri is not registered for the client")]
    RedirectUriNotRegistered,
    /// `redirect_uri` is not the one of the authorization request.
    #[error("the redirect_uri is not the one that the code was issued for")]
    RedirectUriMismatch,
    /// Code challenge and verifier do not fit.
    #[error(transparent)]
    Pkce(#[from] PkceError),
    /// The refresh token is malformed, unknown, expired, revoked, replaced or another client's.
    #[error("the refresh token is not valid for this client")]
    RefreshTokenInvalid,
    /// The user was disabled or deleted.
    #[error("the user may not sign in")]
    UserNotActive,
    /// The client may not read an attribute of a granted scope.
    #[error("the client may not read every attribute of the granted scopes")]
    AttributeNotReadable,
    /// The scopes cannot be granted.
    #[error(transparent)]
    ScopeInvalid(#[from] ScopeError),
}

impl TokenError {
    /// The code on the wire.
    /// Source: AWS page "Token endpoint"; RFC 7636 section 4.6.
    /// Inferred: an unregistered `redirect_uri` is `unauthorized_client`, a registered one that
    /// was not used `invalid_grant`; both have been seen for a `redirect_uri` that differs.
    pub fn code(self) -> OAuthErrorCode {
        match self {
            Self::Parameters(_)
            | Self::DuplicateParameter(_)
            | Self::GrantTypeMissing
            | Self::CodeMissing
            | Self::RedirectUriMissing
            | Self::RefreshTokenMissing
            | Self::ClientMetadataMalformed => OAuthErrorCode::InvalidRequest,
            Self::ClientAuthentication(error) => error.code(),
            Self::GrantTypeUnsupported => OAuthErrorCode::UnsupportedGrantType,
            Self::GrantNotAllowed | Self::RedirectUriNotRegistered => {
                OAuthErrorCode::UnauthorizedClient
            }
            Self::CodeUnknown
            | Self::CodeExpired
            | Self::CodeSpent
            | Self::CodeOfAnotherClient
            | Self::RedirectUriMismatch
            | Self::Pkce(_)
            | Self::RefreshTokenInvalid
            | Self::UserNotActive
            | Self::AttributeNotReadable => OAuthErrorCode::InvalidGrant,
            Self::ScopeInvalid(_) => OAuthErrorCode::InvalidScope,
        }
    }

    /// The HTTP status: 400 for every error, `invalid_client` included.
    /// Source: AWS page "Token endpoint".
    pub fn status(self) -> u16 {
        400
    }
}
