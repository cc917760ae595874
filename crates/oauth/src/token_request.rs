//! A request to the token endpoint.
//!
//! Source: RFC 6749 sections 4.1.3, 4.4.2 and 6; AWS page "Token endpoint".

use std::collections::{BTreeMap, BTreeSet};

use poolhouse_model::{OAuthFlow, SecretString};

use crate::client_authentication::ClientAuthentication;
use crate::parameters::Parameters;
use crate::token_error::TokenError;

/// Parameters that may come once; those of the client are checked with it.
const SINGLE_PARAMETERS: [&str; 7] = [
    "grant_type",
    "code",
    "redirect_uri",
    "code_verifier",
    "refresh_token",
    "scope",
    "aws_client_metadata",
];

/// A well-formed token request; client, code and tokens were not looked up yet.
#[derive(Clone, Debug)]
pub struct TokenRequest {
    /// What it says about its client.
    pub client: ClientAuthentication,
    /// What it wants.
    pub grant: TokenGrant,
}

/// A grant with its parameters.
#[derive(Clone, Debug)]
pub enum TokenGrant {
    /// `authorization_code`
    AuthorizationCode {
        /// The code.
        code: SecretString,
        /// Must equal the one of the authorization request.
        redirect_uri: String,
        /// Must fit the code's challenge, if it has one.
        code_verifier: Option<SecretString>,
    },
    /// `refresh_token`
    RefreshToken {
        /// The refresh token.
        refresh_token: SecretString,
    },
    /// `client_credentials`
    ClientCredentials {
        /// Scopes asked for; `None` for all of the client's.
        scope: Option<String>,
        /// `aws_client_metadata`, for the token trigger.
        client_metadata: BTreeMap<String, String>,
    },
}

impl TokenRequest {
    /// Reads the `Authorization` header, if there is one, and the parameters of query and body.
    /// # Errors
    /// [`TokenError`] names the first fact: about the client first, then about the grant.
    pub fn parse(authorization: Option<&str>, parameters: &Parameters) -> Result<Self, TokenError> {
        parameters.refuse_duplicates(&SINGLE_PARAMETERS)?;
        let client = ClientAuthentication::parse(authorization, parameters)?;
        let grant = TokenGrant::parse(parameters)?;
        Ok(Self { client, grant })
    }
}

impl TokenGrant {
    fn parse(parameters: &Parameters) -> Result<Self, TokenError> {
        let text = |name| parameters.single(name);
        match text("grant_type")? {
            None => Err(TokenError::GrantTypeMissing),
            Some("authorization_code") => Ok(Self::AuthorizationCode {
                code: text("code")?.ok_or(TokenError::CodeMissing)?.into(),
                redirect_uri: text("redirect_uri")?
                    .ok_or(TokenError::RedirectUriMissing)?
                    .to_owned(),
                code_verifier: text("code_verifier")?.map(SecretString::from),
            }),
            Some("refresh_token") => Ok(Self::RefreshToken {
                refresh_token: text("refresh_token")?
                    .ok_or(TokenError::RefreshTokenMissing)?
                    .into(),
            }),
            Some("client_credentials") => Ok(Self::ClientCredentials {
                scope: text("scope")?.map(str::to_owned),
                client_metadata: client_metadata(text("aws_client_metadata")?)?,
            }),
            Some(_) => Err(TokenError::GrantTypeUnsupported),
        }
    }

    /// The `grant_type` on the wire.
    pub fn grant_type(&self) -> &'static str {
        match self {
            Self::AuthorizationCode { .. } => "authorization_code",
            Self::RefreshToken { .. } => "refresh_token",
            Self::ClientCredentials { .. } => "client_credentials",
        }
    }

    /// Refuses a grant that the client has not enabled.
    /// A refresh token is proof enough of an enabled flow: API sign-ins are refreshed here too.
    /// # Errors
    /// [`TokenError::GrantNotAllowed`].
    /// Source: AWS page "Token endpoint", `unauthorized_client`.
    pub fn check_allowed(&self, flows: &BTreeSet<OAuthFlow>) -> Result<(), TokenError> {
        let is_allowed = match self {
            Self::AuthorizationCode { .. } => flows.contains(&OAuthFlow::Code),
            Self::ClientCredentials { .. } => flows.contains(&OAuthFlow::ClientCredentials),
            Self::RefreshToken { .. } => true,
        };
        if is_allowed {
            Ok(())
        } else {
            Err(TokenError::GrantNotAllowed)
        }
    }
}

fn client_metadata(text: Option<&str>) -> Result<BTreeMap<String, String>, TokenError> {
    match text {
        None => Ok(BTreeMap::new()),
        Some(text) => serde_json::from_str(text).map_err(|_| TokenError::ClientMetadataMalformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client_authentication::ClientAuthenticationError;
    use crate::error::OAuthErrorCode;
    use crate::parameters::DuplicateParameter;
    use crate::pkce::PkceError;

    fn parse(body: &str) -> Result<TokenRequest, TokenError> {
        TokenRequest::parse(None, &Parameters::decode(body.as_bytes()).unwrap())
    }

    fn refusal(body: &str) -> TokenError {
        parse(body).expect_err(body)
    }

    #[test]
    fn a_code_grant_is_read() {
        let body = "grant_type=authorization_code&client_id=c1&code=abc\
            &redirect_uri=https%3A%2F%2Fa%2F&code_verifier=v&scope=ignored";
        let request = parse(body).unwrap();
        assert_eq!(request.client.client_id().as_str(), "c1");
        let TokenGrant::AuthorizationCode {
            code,
            redirect_uri,
            code_verifier,
        } = request.grant
        else {
            panic!("another grant")
        };
        assert_eq!(code.expose(), "abc");
        assert_eq!(redirect_uri, "https://a/");
        assert_eq!(code_verifier.unwrap().expose(), "v");
    }

    #[test]
    fn a_refresh_grant_is_read() {
        let request = parse("grant_type=refresh_token&client_id=c1&refresh_token=r").unwrap();
        assert_eq!(request.grant.grant_type(), "refresh_token");
        let TokenGrant::RefreshToken { refresh_token } = request.grant else {
            panic!("another grant")
        };
        assert_eq!(refresh_token.expose(), "r");
    }

    #[test]
    fn a_client_credentials_grant_is_read() {
        let body = "grant_type=client_credentials&client_id=c1&client_secret=s&scope=api%2Fread\
            &aws_client_metadata=%7B%22a%22%3A%22b%22%7D";
        let TokenGrant::ClientCredentials {
            scope,
            client_metadata,
        } = parse(body).unwrap().grant
        else {
            panic!("another grant")
        };
        assert_eq!(scope.as_deref(), Some("api/read"));
        assert_eq!(
            client_metadata,
            BTreeMap::from([("a".to_owned(), "b".to_owned())])
        );
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        use TokenError as E;
        for (body, error, code) in [
            ("client_id=c", E::GrantTypeMissing, "invalid_request"),
            (
                "client_id=c&grant_type=password",
                E::GrantTypeUnsupported,
                "unsupported_grant_type",
            ),
            (
                "client_id=c&grant_type=implicit",
                E::GrantTypeUnsupported,
                "unsupported_grant_type",
            ),
            (
                "client_id=c&grant_type=authorization_code",
                E::CodeMissing,
                "invalid_request",
            ),
            (
                "client_id=c&grant_type=authorization_code&code=1",
                E::RedirectUriMissing,
                "invalid_request",
            ),
            (
                "client_id=c&grant_type=refresh_token",
                E::RefreshTokenMissing,
                "invalid_request",
            ),
            (
                "client_id=c&grant_type=client_credentials&aws_client_metadata=[]",
                E::ClientMetadataMalformed,
                "invalid_request",
            ),
            (
                "grant_type=refresh_token&refresh_token=r",
                E::ClientAuthentication(ClientAuthenticationError::ClientIdMissing),
                "invalid_client",
            ),
        ] {
            let refused = refusal(body);
            assert_eq!(refused, error, "{body}");
            assert_eq!(refused.code().as_str(), code, "{body}");
            assert_eq!(refused.status(), 400);
        }
    }

    #[test]
    fn s13_repeated_parameters_are_refused_also_across_query_and_body() {
        for name in SINGLE_PARAMETERS {
            let query = format!("client_id=c1&{name}=a");
            let query = Parameters::decode(query.as_bytes()).unwrap();
            let body = Parameters::default().with(name, "a");
            let refused = TokenRequest::parse(None, &Parameters::merge(query, body));
            let error = TokenError::DuplicateParameter(DuplicateParameter(name));
            assert_eq!(refused.expect_err(name), error);
            assert_eq!(error.code(), OAuthErrorCode::InvalidRequest);
        }
    }

    #[test]
    fn s18_every_pkce_failure_is_invalid_grant() {
        for error in [
            PkceError::VerifierMissing,
            PkceError::VerifierMalformed,
            PkceError::VerifierMismatch,
            PkceError::VerifierWithoutChallenge,
        ] {
            assert_eq!(TokenError::from(error).code(), OAuthErrorCode::InvalidGrant);
        }
    }

    #[test]
    fn parameters_may_come_in_the_query_with_credentials_in_the_body() {
        let query = b"grant_type=authorization_code&code=1&redirect_uri=a%3A%2F%2Fb";
        let body = b"client_id=c1&client_secret=s";
        let [query, body] = [&query[..], &body[..]].map(|text| Parameters::decode(text).unwrap());
        let request = TokenRequest::parse(None, &Parameters::merge(query, body)).unwrap();
        assert!(matches!(request.client, ClientAuthentication::Post { .. }));
    }

    #[test]
    fn s33_grants_that_the_client_has_not_enabled_are_refused_one_by_one() {
        use OAuthFlow::{ClientCredentials, Code, Implicit};
        let sets: [&[OAuthFlow]; 5] = [
            &[],
            &[Code],
            &[Implicit],
            &[ClientCredentials],
            &[Code, Implicit],
        ];
        let code = "client_id=c&grant_type=authorization_code&code=1&redirect_uri=a";
        for flows in sets {
            let allowed: BTreeSet<OAuthFlow> = flows.iter().copied().collect();
            for (body, flow) in [
                (code, Code),
                (
                    "client_id=c&grant_type=client_credentials",
                    ClientCredentials,
                ),
            ] {
                let verdict = parse(body).unwrap().grant.check_allowed(&allowed);
                let refused = Err(TokenError::GrantNotAllowed);
                let expected = if flows.contains(&flow) {
                    Ok(())
                } else {
                    refused
                };
                assert_eq!(verdict, expected, "{body} {flows:?}");
            }
        }
        assert_eq!(
            TokenError::GrantNotAllowed.code(),
            OAuthErrorCode::UnauthorizedClient
        );
    }
}
