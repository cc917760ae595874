//! Error codes of the protocols and the body that carries them.

use serde::Serialize;

/// An `error` value on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OAuthErrorCode {
    /// `invalid_request`
    InvalidRequest,
    /// `invalid_client`
    InvalidClient,
    /// `invalid_grant`
    InvalidGrant,
    /// `invalid_scope`
    InvalidScope,
    /// `invalid_token`
    InvalidToken,
    /// `unauthorized_client`
    UnauthorizedClient,
    /// `unsupported_grant_type`
    UnsupportedGrantType,
    /// `unsupported_token_type`
    UnsupportedTokenType,
    /// `login_required`
    LoginRequired,
    /// `request_not_supported`
    RequestNotSupported,
    /// `request_uri_not_supported`
    RequestUriNotSupported,
    /// `server_error`
    ServerError,
    /// `temporarily_unavailable`
    TemporarilyUnavailable,
    /// `redirect_mismatch`, which only the error page shows.
    /// Source: recorded redirects of the service to `/error?error=redirect_mismatch`.
    RedirectMismatch,
}

impl OAuthErrorCode {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidToken => "invalid_token",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedTokenType => "unsupported_token_type",
            Self::LoginRequired => "login_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::RedirectMismatch => "redirect_mismatch",
        }
    }

    /// The JSON body of an error answer.
    /// Source: RFC 6749 section 5.2.
    pub fn to_json(self, description: Option<&str>) -> Vec<u8> {
        to_json(&ErrorBody {
            error: self.as_str(),
            error_description: description,
        })
    }
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    error: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_description: Option<&'a str>,
}

/// Writes a value that is made of text, numbers, lists and objects with text keys.
pub(crate) fn to_json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("text, numbers, lists and objects always serialise")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_names_the_code_and_a_description_only_if_there_is_one() {
        let body = OAuthErrorCode::InvalidGrant.to_json(None);
        assert_eq!(body, br#"{"error":"invalid_grant"}"#);
        let body = OAuthErrorCode::InvalidToken.to_json(Some("a \"b\""));
        assert_eq!(
            body,
            br#"{"error":"invalid_token","error_description":"a \"b\""}"#
        );
    }
}
