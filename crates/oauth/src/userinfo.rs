//! Requests to the `userInfo` endpoint, its answers and its errors.
//!
//! Source: AWS page "The userInfo endpoint".

use poolhouse_model::{SecretString, Sub, Username};

use crate::claims::json_object::JsonObject;
use crate::error::OAuthErrorCode;

/// A fact that stops a `userInfo` request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserInfoError {
    /// The `Authorization` header is absent or malformed.
    #[error("the Authorization header is absent or malformed")]
    RequestMalformed,
    /// The access token is malformed, expired or revoked, or its user is disabled or deleted.
    #[error("the access token is not valid")]
    TokenInvalid,
    /// The access token was issued without the scope `openid`.
    #[error("the access token does not contain the scope openid")]
    OpenidScopeMissing,
}

/// Takes the access token from the `Authorization` header; nowhere else may it come from.
/// # Errors
/// [`UserInfoError::RequestMalformed`].
/// Source: RFC 6750 section 2.1.
pub fn bearer_token(authorization: Option<&str>) -> Result<SecretString, UserInfoError> {
    let header = authorization.ok_or(UserInfoError::RequestMalformed)?;
    let (scheme, token) = header
        .split_once(' ')
        .ok_or(UserInfoError::RequestMalformed)?;
    let token = token.trim_matches(' ');
    let is_token = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    if scheme.eq_ignore_ascii_case("bearer") && is_token {
        Ok(SecretString::new(token))
    } else {
        Err(UserInfoError::RequestMalformed)
    }
}

impl UserInfoError {
    /// The code on the wire.
    pub fn code(self) -> OAuthErrorCode {
        match self {
            Self::RequestMalformed => OAuthErrorCode::InvalidRequest,
            Self::TokenInvalid | Self::OpenidScopeMissing => OAuthErrorCode::InvalidToken,
        }
    }

    /// The `error_description` on the wire.
    pub fn description(self) -> &'static str {
        match self {
            Self::RequestMalformed => "Bad OAuth2 request at UserInfo Endpoint",
            Self::TokenInvalid => {
                "Access token is expired, disabled, or deleted, or the user has globally \
                 signed out."
            }
            Self::OpenidScopeMissing => "Access token does not contain openid scope",
        }
    }

    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            Self::RequestMalformed => 400,
            Self::TokenInvalid | Self::OpenidScopeMissing => 401,
        }
    }

    /// The value of the `WWW-Authenticate` header, which has no scheme at the service.
    pub fn www_authenticate(self) -> String {
        let (code, description) = (self.code().as_str(), self.description());
        format!(r#"error="{code}", error_description="{description}""#)
    }

    /// The JSON body. Inferred: it repeats the header.
    pub fn to_json(self) -> Vec<u8> {
        self.code().to_json(Some(self.description()))
    }
}

/// The JSON body of a successful answer: every value is text, also that of `email_verified`.
/// `attributes` are those that scopes and read permissions open.
pub fn userinfo_body(sub: &Sub, username: &Username, attributes: &[(&str, &str)]) -> Vec<u8> {
    let mut body = JsonObject::default();
    body.put("sub", sub.as_str());
    // A later member of the same name is dropped: no attribute takes the place of the user name.
    let attributes = attributes.iter().filter(|(name, _)| *name != "username");
    attributes.for_each(|(name, value)| body.put(name, *value));
    body.put("username", username.as_str());
    body.to_json()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s32_errors_have_the_header_of_the_service() {
        for (error, status, header) in [
            (
                UserInfoError::RequestMalformed,
                400,
                "error=\"invalid_request\", \
                 error_description=\"Bad OAuth2 request at UserInfo Endpoint\"",
            ),
            (
                UserInfoError::TokenInvalid,
                401,
                "error=\"invalid_token\", error_description=\"Access token is expired, \
                 disabled, or deleted, or the user has globally signed out.\"",
            ),
            (
                UserInfoError::OpenidScopeMissing,
                401,
                "error=\"invalid_token\", \
                 error_description=\"Access token does not contain openid scope\"",
            ),
        ] {
            assert_eq!(error.status(), status);
            assert_eq!(error.www_authenticate(), header);
        }
        let expected = concat!(
            r#"{"error":"invalid_token","#,
            r#""error_description":"Access token does not contain openid scope"}"#,
        );
        assert_eq!(
            UserInfoError::OpenidScopeMissing.to_json(),
            expected.as_bytes()
        );
    }

    #[test]
    fn s32_only_a_bearer_header_carries_the_token() {
        assert_eq!(
            bearer_token(Some("Bearer a.b.c")).unwrap().expose(),
            "a.b.c"
        );
        assert_eq!(
            bearer_token(Some("bearer  a.b.c")).unwrap().expose(),
            "a.b.c"
        );
        for header in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some("a.b.c"),
            Some("Basic a.b.c"),
        ] {
            let refused = bearer_token(header).expect_err("a token");
            assert_eq!(refused, UserInfoError::RequestMalformed, "{header:?}");
        }
        assert!(bearer_token(Some("Bearer a b")).is_err());
        assert!(bearer_token(Some("Bearer a\tb")).is_err());
    }

    #[test]
    fn every_value_is_text() {
        let attributes = [
            ("email_verified", "true"),
            ("custom:n", "42"),
            ("email", "a@b"),
            ("sub", "other"),
            ("username", "other"),
        ];
        let body = userinfo_body(&Sub::new("s"), &Username::new("bob"), &attributes);
        let expected = concat!(
            r#"{"sub":"s","email_verified":"true","custom:n":"42","email":"a@b","#,
            r#""username":"bob"}"#,
        );
        assert_eq!(body, expected.as_bytes());
    }
}
