//! Requests to the revocation endpoint and their errors.
//!
//! Source: RFC 7009; AWS page "Revoke endpoint".

use poolhouse_model::SecretString;

use crate::client_authentication::{ClientAuthentication, ClientAuthenticationError};
use crate::error::OAuthErrorCode;
use crate::parameters::{DuplicateParameter, Parameters, ParametersError};

/// Code for a refresh token of another client.
/// Inferred: the service demands the issuing client's id without naming the error.
const OTHER_CLIENT_CODE: OAuthErrorCode = OAuthErrorCode::InvalidRequest;

/// A well-formed revocation request; `token_type_hint` is ignored.
#[derive(Clone, Debug)]
pub struct RevocationRequest {
    /// What it says about its client.
    pub client: ClientAuthentication,
    /// The refresh token to revoke, if it is one.
    pub token: SecretString,
}

/// A fact that stops a revocation; `Display` explains it to a developer.
/// A token that is unknown or revoked already is no error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RevocationError {
    /// The parameters could not be decoded.
    #[error(transparent)]
    Parameters(#[from] ParametersError),
    /// A parameter came more than once.
    #[error(transparent)]
    DuplicateParameter(#[from] DuplicateParameter),
    /// The client was not authenticated.
    #[error(transparent)]
    ClientAuthentication(#[from] ClientAuthenticationError),
    /// `token` is absent.
    #[error("token is missing")]
    TokenMissing,
    /// Token revocation is disabled for the client.
    #[error("token revocation is disabled for the client")]
    RevocationDisabled,
    /// The token is an ID or access token.
    #[error("only refresh tokens can be revoked")]
    NotARefreshToken,
    /// The token was issued to another client.
    #[error("the token was issued to another client")]
    TokenOfAnotherClient,
}

impl RevocationRequest {
    /// Reads the `Authorization` header, if there is one, and the parameters.
    /// # Errors
    /// [`RevocationError`] names the first fact.
    pub fn parse(
        authorization: Option<&str>,
        parameters: &Parameters,
    ) -> Result<Self, RevocationError> {
        let token = parameters.single("token")?;
        let client = ClientAuthentication::parse(authorization, parameters)?;
        let token = token.ok_or(RevocationError::TokenMissing)?.into();
        Ok(Self { client, token })
    }
}

impl RevocationError {
    /// The code on the wire.
    pub fn code(self) -> OAuthErrorCode {
        match self {
            Self::ClientAuthentication(error) => error.code(),
            Self::NotARefreshToken => OAuthErrorCode::UnsupportedTokenType,
            Self::TokenOfAnotherClient => OTHER_CLIENT_CODE,
            Self::Parameters(_)
            | Self::DuplicateParameter(_)
            | Self::TokenMissing
            | Self::RevocationDisabled => OAuthErrorCode::InvalidRequest,
        }
    }

    /// The HTTP status: 401 for `invalid_client`, unlike at the token endpoint.
    pub fn status(self) -> u16 {
        if self.code() == OAuthErrorCode::InvalidClient {
            401
        } else {
            400
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(body: &str) -> Result<RevocationRequest, RevocationError> {
        RevocationRequest::parse(None, &Parameters::decode(body.as_bytes()).unwrap())
    }

    #[test]
    fn a_request_is_read() {
        let request = parse("token=t&client_id=c1&token_type_hint=access_token").unwrap();
        assert_eq!(request.token.expose(), "t");
        assert_eq!(request.client.client_id().as_str(), "c1");
    }

    #[test]
    fn errors_have_the_codes_and_statuses_of_the_endpoint() {
        use ClientAuthenticationError as C;
        use RevocationError as E;
        for (error, code, status) in [
            (parse("client_id=c1").unwrap_err(), "invalid_request", 400),
            (parse("token=t").unwrap_err(), "invalid_client", 401),
            (
                E::ClientAuthentication(C::SecretMismatch),
                "invalid_client",
                401,
            ),
            (
                E::ClientAuthentication(C::SecretSentTwice),
                "invalid_request",
                400,
            ),
            (E::RevocationDisabled, "invalid_request", 400),
            (E::NotARefreshToken, "unsupported_token_type", 400),
            (E::TokenOfAnotherClient, "invalid_request", 400),
        ] {
            assert_eq!(
                (error.code().as_str(), error.status()),
                (code, status),
                "{error}"
            );
        }
    }

    #[test]
    fn s13_a_repeated_token_is_refused() {
        let refused = parse("token=a&token=b&client_id=c1").unwrap_err();
        assert_eq!(
            refused,
            RevocationError::DuplicateParameter(DuplicateParameter("token"))
        );
        assert_eq!(refused.code(), OAuthErrorCode::InvalidRequest);
    }
}
