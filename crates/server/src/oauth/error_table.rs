//! The one place that says which OAuth error a failure is, and whether it goes back to the
//! application or to the error page.

use http::StatusCode;
use poolhouse_oauth::authorization_error::AuthorizationError;
use poolhouse_oauth::error::OAuthErrorCode;
use poolhouse_oauth::logout_request::LogoutError;
use poolhouse_oauth::revocation::RevocationError;
use poolhouse_oauth::token_error::TokenError;
use poolhouse_service::{RefusedAuthorization, ServiceError};

/// An error as an endpoint sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// `error`
    pub(crate) code: OAuthErrorCode,
    /// `error_description`; the service sends none for a refusal.
    pub(crate) description: Option<String>,
}

/// Where the answer to a refused authorization request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Back to the application: the value of `Location`.
    Application(String),
    /// To the error page, which names the fact.
    ErrorPage(AuthorizationError),
}

/// Decides where the answer to a refused authorization request goes.
/// Source: RFC 6749 section 4.1.2.1: only a target that is known to be good gets an answer.
pub(crate) fn destination(refused: &RefusedAuthorization) -> Destination {
    match &refused.target {
        Some(target) => Destination::Application(target.error_location(refused.error.code(), None)),
        None => Destination::ErrorPage(refused.error),
    }
}

/// What a failed sign-out is on the error page: the same facts stop an authorization request.
impl From<LogoutError> for Destination {
    fn from(error: LogoutError) -> Self {
        Self::ErrorPage(match error {
            LogoutError::Parameters(error) => error.into(),
            LogoutError::DuplicateParameter(error) => error.into(),
            LogoutError::ClientIdMissing => AuthorizationError::ClientIdMissing,
            LogoutError::ClientUnknown => AuthorizationError::ClientUnknown,
            LogoutError::RedirectUriMissing => AuthorizationError::RedirectUriMissing,
            LogoutError::RedirectUriNotRegistered => AuthorizationError::RedirectUriNotRegistered,
            LogoutError::ResponseTypeMissing => AuthorizationError::ResponseTypeMissing,
        })
    }
}

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Self {
        Self::refusal(error.status(), error.code())
    }
}

impl From<RevocationError> for Failure {
    fn from(error: RevocationError) -> Self {
        Self::refusal(error.status(), error.code())
    }
}

impl Failure {
    fn refusal(status: u16, code: OAuthErrorCode) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST),
            code,
            description: None,
        }
    }

    fn server_error() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: OAuthErrorCode::ServerError,
            description: None,
        }
    }
}

/// What the server's own failures and unserved features are on the wire. Facts that the endpoints
/// turn into refusals before they get here, and those of other operations, are faults if they do.
impl From<&ServiceError> for Failure {
    #[expect(
        clippy::too_many_lines,
        reason = "one exhaustive table, so that no fact is answered in two places"
    )]
    fn from(error: &ServiceError) -> Self {
        use ServiceError as E;
        match error {
            E::Busy => Self {
                status: StatusCode::SERVICE_UNAVAILABLE,
                code: OAuthErrorCode::TemporarilyUnavailable,
                description: None,
            },
            E::FeatureNotServed(text) => Self {
                status: StatusCode::BAD_REQUEST,
                code: OAuthErrorCode::UnauthorizedClient,
                description: Some(text.clone()),
            },
            E::Storage(_)
            | E::Internal(_)
            | E::UserPoolNotFound(_)
            | E::AppClientNotFound(_)
            | E::UserNotFound
            | E::UsernameClientCombinationNotFound
            | E::GroupNotFound
            | E::ResourceServerNotFound(_)
            | E::DomainNotFound
            | E::UsernameExists
            | E::UserAccountExists
            | E::AliasExists { .. }
            | E::GroupExists
            | E::ResourceServerExists { .. }
            | E::DomainTaken(_)
            | E::AppClientExists(_)
            | E::UserPoolExists(_)
            | E::UserPoolDeletionProtected
            | E::UserPoolHasDomain
            | E::TagsRefused(_)
            | E::ConcurrentModification(_)
            | E::InvalidInput(_)
            | E::ResourceLimitExceeded(_)
            | E::ScopeDoesNotExist(_)
            | E::OAuthFlowInvalid(_)
            | E::ScopeNotGranted(_)
            | E::ParameterMissing(_)
            | E::ChannelNotConfigured(_)
            | E::SecretHashMissing(_)
            | E::SecretHashMismatch(_)
            | E::RefreshSecretHashMismatch(_)
            | E::SecretHashUnexpected(_)
            | E::ClientNotAuthenticated
            | E::AuthFlowNotEnabled(_)
            | E::AdminAuthFlowNotEnabled
            | E::AuthFlowNotSupported
            | E::AttributeNotWritable
            | E::TokenRevocationDisabled
            | E::RefreshTokenRotationEnabled
            | E::SignUpNotPermitted
            | E::WrongUsernameOrPassword
            | E::PasswordAttemptsExceeded
            | E::UserDisabled
            | E::UserNotConfirmed
            | E::PasswordResetRequired
            | E::TemporaryPasswordExpired
            | E::PasswordPolicyViolated(_)
            | E::AdminPasswordPolicyViolated(_)
            | E::PasswordReused
            | E::PasswordResetByAdministratorOnly
            | E::PasswordNotResettable
            | E::PasswordResetUnreachable
            | E::UserNotConfirmable(_)
            | E::UserAlreadyConfirmed
            | E::ResendNotPossible(_)
            | E::RequiredAttributesMissing(_)
            | E::AttributeAlreadySet(_)
            | E::AttributesRequired(_)
            | E::AttributeChangesRefused(_)
            | E::AttributeValueMissing(_)
            | E::AttributeUnknown(_)
            | E::AttributeInvalid { .. }
            | E::EmailInvalid
            | E::PhoneNumberInvalid
            | E::RequestedAttributeMissing
            | E::FilterInvalid
            | E::FilterAttributeUnknown(_)
            | E::ChallengeSessionInvalid
            | E::ChallengeSessionExpired
            | E::ChallengeSessionUsed
            | E::CodeMismatch
            | E::CodeExpired
            | E::AttemptLimitExceeded
            | E::SoftwareTokenNotEnabled
            | E::SoftwareTokenNotSetUp
            | E::SoftwareTokenNotVerified { .. }
            | E::SoftwareTokenSetUpFailed
            | E::SoftwareTokenCodeMismatch
            | E::SoftwareTokenCodeUsed
            | E::SecondFactorAttemptsExceeded
            | E::AccessTokenInvalid
            | E::AccessTokenExpired
            | E::AccessTokenRevoked
            | E::AccessTokenOfClient
            | E::AccessTokenScopeMissing
            | E::RefreshTokenInvalid
            | E::RefreshTokenExpired
            | E::RefreshTokenRevoked
            | E::RefreshTokenReused
            | E::TokenNotRevocable
            | E::TokenOfAnotherClient => Self::server_error(),
        }
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_model::ClientId;
    use poolhouse_oauth::authorization_response::ResponseTarget;
    use poolhouse_oauth::redirect_uri::RedirectUri;

    use super::*;

    fn refused(error: AuthorizationError, target: Option<ResponseTarget>) -> RefusedAuthorization {
        RefusedAuthorization {
            error,
            target,
            client_id: Some(ClientId::new("c1")),
            received_redirect_uri: None,
            registered_redirect_uris: Vec::new(),
        }
    }

    #[test]
    fn a_refusal_goes_back_only_where_the_target_is_known_to_be_good() {
        let target = ResponseTarget {
            redirect_uri: RedirectUri::parse("https://app.example.com/cb").unwrap(),
            state: Some("s".to_owned()),
        };
        let error = AuthorizationError::GrantNotAllowed;
        let location = "https://app.example.com/cb?error=unauthorized_client&state=s";
        assert_eq!(
            destination(&refused(error, Some(target))),
            Destination::Application(location.to_owned())
        );
        let error = AuthorizationError::RedirectUriNotRegistered;
        assert_eq!(
            destination(&refused(error, None)),
            Destination::ErrorPage(error)
        );
    }

    #[test]
    fn an_inside_text_never_gets_out() {
        let failure = Failure::from(&ServiceError::Internal("secret".to_owned()));
        assert_eq!(failure, Failure::server_error());
        assert_eq!(failure.description, None);
    }
}
