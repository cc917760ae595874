//! Claims of the ID token.

use poolhouse_model::{ClientId, Sub, Timestamp, Username};
use serde_json::{Value, json};

use super::attribute::{claim_value, is_custom};
use super::json_object::JsonObject;
use super::{TokenIds, TokenTimes};

/// All that an ID token says.
///
/// Source: AWS page "Understanding the identity (ID) token"; the order of the members is that of
/// recorded tokens. Inferred: the places of `at_hash`, `nonce`, roles and identities.
#[derive(Clone, Copy, Debug)]
pub struct IdTokenClaims<'a> {
    /// `sub`
    pub sub: &'a Sub,
    /// `iss`: the pool's issuer.
    pub iss: &'a str,
    /// `aud`: a text, never a list.
    pub client_id: &'a ClientId,
    /// `cognito:username`
    pub username: &'a Username,
    /// Groups and roles.
    pub groups: GroupClaims<'a>,
    /// `identities`, of a user who came through an identity provider.
    pub identities: &'a [LinkedIdentity],
    /// Attributes that scopes and read permissions open; what cannot be a claim is left out.
    pub attributes: &'a [(&'a str, &'a str)],
    /// `nonce` of the authorization request.
    pub nonce: Option<&'a str>,
    /// `at_hash`, in tokens of the OAuth endpoints.
    pub at_hash: Option<&'a str>,
    /// `jti` and `origin_jti`, if the client's tokens can be revoked or rotate.
    pub ids: Option<TokenIds<'a>>,
    /// `event_id`, the same in the access token beside it.
    pub event_id: &'a str,
    /// `auth_time`, `iat`, `exp`.
    pub times: TokenTimes,
}

/// What a user's groups add to an ID token; empty lists add nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupClaims<'a> {
    /// `cognito:groups`, by precedence.
    pub groups: &'a [String],
    /// `cognito:roles`, as ARNs.
    pub roles: &'a [String],
    /// `cognito:preferred_role`: the role of the group that comes first, if it is one alone.
    pub preferred_role: Option<&'a str>,
}

/// An account at an identity provider that is linked to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedIdentity {
    /// The user's id there.
    pub user_id: String,
    /// Name of the provider.
    pub provider_name: String,
    /// Type of the provider, for example `SAML`.
    pub provider_type: String,
    /// The provider's issuer; `null` in the claim when there is none.
    pub issuer: Option<String>,
    /// Whether the user was made through it.
    pub is_primary: bool,
    /// When it was linked.
    pub linked_at: Timestamp,
}

impl LinkedIdentity {
    fn to_value(&self) -> Value {
        json!({
            "userId": self.user_id,
            "providerName": self.provider_name,
            "providerType": self.provider_type,
            "issuer": self.issuer,
            "primary": self.is_primary.to_string(),
            "dateCreated": self.linked_at.as_millis().to_string(),
        })
    }
}

impl IdTokenClaims<'_> {
    /// The JSON payload of the token.
    pub fn to_json(&self) -> Vec<u8> {
        let mut claims = JsonObject::default();
        claims.put_some("at_hash", self.at_hash);
        claims.put("sub", self.sub.as_str());
        claims.put_list("cognito:groups", self.groups.groups);
        self.put_attribute(&mut claims, "email_verified");
        let custom = self.attributes.iter().filter(|(name, _)| is_custom(name));
        custom.for_each(|(name, value)| claims.put_some(name, claim_value(name, value)));
        claims.put_some("cognito:preferred_role", self.groups.preferred_role);
        claims.put("iss", self.iss);
        self.put_attribute(&mut claims, "phone_number_verified");
        claims.put("cognito:username", self.username.as_str());
        self.put_attribute(&mut claims, "preferred_username");
        claims.put_some("nonce", self.nonce);
        claims.put_some("origin_jti", self.ids.map(|ids| ids.origin_jti.as_str()));
        claims.put_list("cognito:roles", self.groups.roles);
        claims.put("aud", self.client_id.as_str());
        if !self.identities.is_empty() {
            let identities = self.identities.iter().map(LinkedIdentity::to_value);
            claims.put("identities", identities.collect::<Vec<_>>());
        }
        claims.put("event_id", self.event_id);
        claims.put("token_use", "id");
        claims.put("auth_time", self.times.authenticated_at.as_secs());
        let rest = self.attributes.iter().filter(|(name, _)| *name != "email");
        rest.for_each(|(name, value)| claims.put_some(name, claim_value(name, value)));
        claims.put("exp", self.times.expires_at.as_secs());
        claims.put("iat", self.times.issued_at.as_secs());
        claims.put_some("jti", self.ids.map(|ids| ids.jti));
        self.put_attribute(&mut claims, "email");
        claims.to_json()
    }

    fn put_attribute(&self, claims: &mut JsonObject, name: &str) {
        let attribute = self.attributes.iter().find(|(own, _)| *own == name);
        claims.put_some(
            name,
            attribute.and_then(|(_, value)| claim_value(name, value)),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use poolhouse_model::OriginJti;

    struct Fixture {
        sub: Sub,
        client_id: ClientId,
        username: Username,
        origin_jti: OriginJti,
    }

    impl Fixture {
        fn new() -> Self {
            Self {
                sub: Sub::new("s1"),
                client_id: ClientId::new("c1"),
                username: Username::new("bob"),
                origin_jti: OriginJti::new("o1"),
            }
        }

        fn claims(&self) -> IdTokenClaims<'_> {
            IdTokenClaims {
                sub: &self.sub,
                iss: "https://issuer.example/p",
                client_id: &self.client_id,
                username: &self.username,
                groups: GroupClaims::default(),
                identities: &[],
                attributes: &[],
                nonce: None,
                at_hash: None,
                ids: None,
                event_id: "e1",
                times: TokenTimes {
                    authenticated_at: Timestamp::from_millis(1_000_999),
                    issued_at: Timestamp::from_secs(2000),
                    expires_at: Timestamp::from_secs(5600),
                },
            }
        }
    }

    fn text(claims: &IdTokenClaims<'_>) -> String {
        String::from_utf8(claims.to_json()).unwrap()
    }

    #[test]
    fn a_bare_token_has_the_claims_that_are_always_there() {
        let expected = concat!(
            r#"{"sub":"s1","iss":"https://issuer.example/p","cognito:username":"bob","#,
            r#""aud":"c1","event_id":"e1","token_use":"id","auth_time":1000,"exp":5600,"#,
            r#""iat":2000}"#,
        );
        assert_eq!(text(&Fixture::new().claims()), expected);
    }

    #[test]
    fn a_full_token_has_every_claim_with_its_type_in_the_order_of_the_service() {
        let fixture = Fixture::new();
        let identity = LinkedIdentity {
            user_id: "u".into(),
            provider_name: "Okta".into(),
            provider_type: "SAML".into(),
            issuer: None,
            is_primary: true,
            linked_at: Timestamp::from_millis(1_642_699_117_273),
        };
        let claims = IdTokenClaims {
            groups: GroupClaims {
                groups: &["a".into(), "b".into()],
                roles: &["arn:r".into()],
                preferred_role: Some("arn:r"),
            },
            identities: &[identity],
            attributes: &[
                ("address", "1 Road"),
                ("custom:n", "42"),
                ("email", "b@x"),
                ("email_verified", "true"),
                ("name", "Bob"),
                ("phone_number", "+1"),
                ("phone_number_verified", "false"),
                ("preferred_username", "bobby"),
                ("updated_at", "1700000000"),
            ],
            nonce: Some("n"),
            at_hash: Some("h"),
            ids: Some(TokenIds {
                jti: "j1",
                origin_jti: &fixture.origin_jti,
            }),
            ..fixture.claims()
        };
        let expected = concat!(
            r#"{"at_hash":"h","sub":"s1","cognito:groups":["a","b"],"email_verified":true,"#,
            r#""custom:n":"42","cognito:preferred_role":"arn:r","#,
            r#""iss":"https://issuer.example/p","phone_number_verified":false,"#,
            r#""cognito:username":"bob","preferred_username":"bobby","nonce":"n","#,
            r#""origin_jti":"o1","cognito:roles":["arn:r"],"aud":"c1","identities":["#,
            r#"{"dateCreated":"1642699117273","issuer":null,"primary":"true","#,
            r#""providerName":"Okta","providerType":"SAML","userId":"u"}],"event_id":"e1","#,
            r#""token_use":"id","auth_time":1000,"address":{"formatted":"1 Road"},"#,
            r#""name":"Bob","phone_number":"+1","updated_at":1700000000,"exp":5600,"#,
            r#""iat":2000,"jti":"j1","email":"b@x"}"#,
        );
        assert_eq!(text(&claims), expected);
    }

    #[test]
    fn s48_no_attribute_takes_the_place_of_a_protocol_claim() {
        let fixture = Fixture::new();
        let attributes = [
            ("sub", "other"),
            ("aud", "other"),
            ("iss", "other"),
            ("cognito:groups", "admin"),
            ("cognito:username", "admin"),
            ("token_use", "access"),
            ("exp", "9"),
            ("jti", "other"),
            ("identities", "[]"),
            ("nbf", "1"),
            ("updated_at", "yesterday"),
        ];
        let claims = IdTokenClaims {
            attributes: &attributes,
            ..fixture.claims()
        };
        assert_eq!(text(&claims), text(&fixture.claims()));
    }

    #[test]
    fn s17_the_nonce_comes_back_as_it_was_sent() {
        let fixture = Fixture::new();
        let nonce = "a\"b\\ü\0";
        let claims = IdTokenClaims {
            nonce: Some(nonce),
            ..fixture.claims()
        };
        let value: Value = serde_json::from_str(&text(&claims)).unwrap();
        assert_eq!(value["nonce"], nonce);
    }
}
