//! Claims of the access token.

use poolhouse_model::{ClientId, Sub, Username};

use super::json_object::JsonObject;
use super::{TokenIds, TokenTimes};

/// Version of access tokens of the OAuth endpoints.
const OAUTH_TOKEN_VERSION: i64 = 2;

/// All that a user's access token says.
///
/// Source: AWS page "Understanding the access token"; the order of the members is that of
/// recorded tokens. Inferred: the place of `aud`.
#[derive(Clone, Copy, Debug)]
pub struct AccessTokenClaims<'a> {
    /// `sub`
    pub sub: &'a Sub,
    /// `iss`: the pool's issuer.
    pub iss: &'a str,
    /// `client_id`
    pub client_id: &'a ClientId,
    /// `username`
    pub username: &'a Username,
    /// `cognito:groups`, by precedence; an empty list adds nothing.
    pub groups: &'a [String],
    /// `scope`: granted scopes, parted by blanks.
    pub scope: &'a str,
    /// `aud`: the `resource` of the authorization request; otherwise there is none.
    pub resource: Option<&'a str>,
    /// `device_key`, after sign-in from a remembered device.
    pub device_key: Option<&'a str>,
    /// Whether an OAuth endpoint issues it, which adds `version`; the API's tokens have none.
    pub is_oauth: bool,
    /// `jti` and `origin_jti`, if the client's tokens can be revoked or rotate.
    pub ids: Option<TokenIds<'a>>,
    /// `event_id`, the same in the ID token beside it.
    pub event_id: &'a str,
    /// `auth_time`, `iat`, `exp`.
    pub times: TokenTimes,
}

/// All that the access token of a client says, after the client credentials grant.
/// Inferred: members and their order.
#[derive(Clone, Copy, Debug)]
pub struct ClientAccessTokenClaims<'a> {
    /// `sub` and `client_id`
    pub client_id: &'a ClientId,
    /// `iss`: the pool's issuer.
    pub iss: &'a str,
    /// `scope`: granted scopes, parted by blanks.
    pub scope: &'a str,
    /// `jti`
    pub jti: &'a str,
    /// `auth_time`, `iat`, `exp`.
    pub times: TokenTimes,
}

impl AccessTokenClaims<'_> {
    /// The JSON payload of the token.
    pub fn to_json(&self) -> Vec<u8> {
        let mut claims = JsonObject::default();
        claims.put("sub", self.sub.as_str());
        claims.put_some("device_key", self.device_key);
        claims.put_list("cognito:groups", self.groups);
        claims.put("iss", self.iss);
        claims.put_some("version", self.is_oauth.then_some(OAUTH_TOKEN_VERSION));
        claims.put("client_id", self.client_id.as_str());
        claims.put_some("aud", self.resource);
        claims.put_some("origin_jti", self.ids.map(|ids| ids.origin_jti.as_str()));
        claims.put("event_id", self.event_id);
        claims.put("token_use", "access");
        claims.put("scope", self.scope);
        claims.put("auth_time", self.times.authenticated_at.as_secs());
        claims.put("exp", self.times.expires_at.as_secs());
        claims.put("iat", self.times.issued_at.as_secs());
        claims.put_some("jti", self.ids.map(|ids| ids.jti));
        claims.put("username", self.username.as_str());
        claims.to_json()
    }
}

impl ClientAccessTokenClaims<'_> {
    /// The JSON payload of the token.
    pub fn to_json(&self) -> Vec<u8> {
        let mut claims = JsonObject::default();
        claims.put("sub", self.client_id.as_str());
        claims.put("token_use", "access");
        claims.put("scope", self.scope);
        claims.put("auth_time", self.times.authenticated_at.as_secs());
        claims.put("iss", self.iss);
        claims.put("exp", self.times.expires_at.as_secs());
        claims.put("iat", self.times.issued_at.as_secs());
        claims.put("version", OAUTH_TOKEN_VERSION);
        claims.put("jti", self.jti);
        claims.put("client_id", self.client_id.as_str());
        claims.to_json()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use poolhouse_model::{OriginJti, Timestamp};

    const TIMES: TokenTimes = TokenTimes {
        authenticated_at: Timestamp::from_secs(1000),
        issued_at: Timestamp::from_secs(2000),
        expires_at: Timestamp::from_secs(5600),
    };

    #[test]
    fn the_doors_differ_in_version_only() {
        let (sub, client_id) = (Sub::new("s1"), ClientId::new("c1"));
        let (username, origin_jti) = (Username::new("bob"), OriginJti::new("o1"));
        let api = AccessTokenClaims {
            sub: &sub,
            iss: "https://issuer.example/p",
            client_id: &client_id,
            username: &username,
            groups: &[],
            scope: "aws.cognito.signin.user.admin",
            resource: None,
            device_key: None,
            is_oauth: false,
            ids: None,
            event_id: "e1",
            times: TIMES,
        };
        let expected = concat!(
            r#"{"sub":"s1","iss":"https://issuer.example/p","client_id":"c1","event_id":"e1","#,
            r#""token_use":"access","scope":"aws.cognito.signin.user.admin","#,
            r#""auth_time":1000,"exp":5600,"iat":2000,"username":"bob"}"#,
        );
        assert_eq!(String::from_utf8(api.to_json()).unwrap(), expected);
        let oauth = AccessTokenClaims {
            groups: &["a".into()],
            scope: "openid email",
            resource: Some("https://api.example"),
            device_key: Some("d"),
            is_oauth: true,
            ids: Some(TokenIds {
                jti: "j1",
                origin_jti: &origin_jti,
            }),
            ..api
        };
        let expected = concat!(
            r#"{"sub":"s1","device_key":"d","cognito:groups":["a"],"#,
            r#""iss":"https://issuer.example/p","version":2,"client_id":"c1","#,
            r#""aud":"https://api.example","origin_jti":"o1","event_id":"e1","#,
            r#""token_use":"access","scope":"openid email","auth_time":1000,"exp":5600,"#,
            r#""iat":2000,"jti":"j1","username":"bob"}"#,
        );
        assert_eq!(String::from_utf8(oauth.to_json()).unwrap(), expected);
    }

    #[test]
    fn the_token_of_a_client_names_no_user() {
        let client_id = ClientId::new("c1");
        let claims = ClientAccessTokenClaims {
            client_id: &client_id,
            iss: "https://issuer.example/p",
            scope: "api/read",
            jti: "j1",
            times: TIMES,
        };
        let expected = concat!(
            r#"{"sub":"c1","token_use":"access","scope":"api/read","auth_time":1000,"#,
            r#""iss":"https://issuer.example/p","exp":5600,"iat":2000,"version":2,"#,
            r#""jti":"j1","client_id":"c1"}"#,
        );
        assert_eq!(String::from_utf8(claims.to_json()).unwrap(), expected);
    }
}
