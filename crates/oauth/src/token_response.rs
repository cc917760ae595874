//! The body of a successful answer of the token endpoint.

use poolhouse_model::{SecretString, Ttl};
use serde::Serialize;

use crate::error::to_json;

const TOKEN_TYPE: &str = "Bearer";

/// Tokens that a grant led to. There is never a `scope` member.
/// Source: AWS page "Token endpoint", which also gives the order of the members.
#[derive(Clone, Debug)]
pub enum TokenResponse {
    /// Tokens of a user.
    User {
        /// The access token.
        access_token: SecretString,
        /// The ID token, if `openid` was granted.
        id_token: Option<SecretString>,
        /// A new refresh token: of the code grant, and of a refresh with rotation.
        refresh_token: Option<SecretString>,
        /// How long the access token works.
        access_token_ttl: Ttl,
    },
    /// The access token of a client.
    Client {
        /// The access token.
        access_token: SecretString,
        /// How long it works.
        access_token_ttl: Ttl,
    },
}

#[derive(Serialize)]
struct UserBody<'a> {
    access_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    token_type: &'a str,
    expires_in: i64,
}

#[derive(Serialize)]
struct ClientBody<'a> {
    access_token: &'a str,
    expires_in: i64,
    token_type: &'a str,
}

impl TokenResponse {
    /// The JSON body; it must not be cached.
    pub fn to_json(&self) -> Vec<u8> {
        match self {
            Self::User {
                access_token,
                id_token,
                refresh_token,
                access_token_ttl,
            } => to_json(&UserBody {
                access_token: access_token.expose(),
                id_token: id_token.as_ref().map(SecretString::expose),
                refresh_token: refresh_token.as_ref().map(SecretString::expose),
                token_type: TOKEN_TYPE,
                expires_in: access_token_ttl.as_secs(),
            }),
            Self::Client {
                access_token,
                access_token_ttl,
            } => to_json(&ClientBody {
                access_token: access_token.expose(),
                expires_in: access_token_ttl.as_secs(),
                token_type: TOKEN_TYPE,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id_token: Option<&str>, refresh_token: Option<&str>) -> String {
        let response = TokenResponse::User {
            access_token: "a".into(),
            id_token: id_token.map(SecretString::from),
            refresh_token: refresh_token.map(SecretString::from),
            access_token_ttl: Ttl::from_hours(1),
        };
        String::from_utf8(response.to_json()).unwrap()
    }

    #[test]
    fn members_come_in_the_order_of_the_service_and_only_if_there_is_a_value() {
        let end = r#""token_type":"Bearer","expires_in":3600}"#;
        let full = user(Some("i"), Some("r"));
        assert_eq!(
            full,
            format!(r#"{{"access_token":"a","id_token":"i","refresh_token":"r",{end}"#)
        );
        let without_openid = user(None, Some("r"));
        assert_eq!(
            without_openid,
            format!(r#"{{"access_token":"a","refresh_token":"r",{end}"#)
        );
        let refreshed = user(Some("i"), None);
        assert_eq!(
            refreshed,
            format!(r#"{{"access_token":"a","id_token":"i",{end}"#)
        );
    }

    #[test]
    fn a_client_gets_an_access_token_alone() {
        let access_token_ttl = Ttl::from_minutes(5);
        let response = TokenResponse::Client {
            access_token: "a".into(),
            access_token_ttl,
        };
        let expected = br#"{"access_token":"a","expires_in":300,"token_type":"Bearer"}"#;
        assert_eq!(response.to_json(), expected);
    }
}
