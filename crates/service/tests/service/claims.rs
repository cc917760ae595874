//! What tokens say: claims, types and lifetimes.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use poolhouse_crypto::hash::sha256;
use poolhouse_model::{
    AttributeDataType, AttributeSchema, SecretString, Ttl, User, UserPool, Validity, ValidityUnit,
};
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_testkit::{PUBLIC_URL, SignInExt, TestClient, TestService, on_every_engine};
use serde_json::{Value, json};

use crate::facts::fact;
use crate::reading_tokens::{claims, kid, names};

/// The tokens of a code exchange.
pub(crate) struct OAuthTokens {
    pub(crate) access: SecretString,
    pub(crate) id: Option<SecretString>,
    pub(crate) refresh: Option<SecretString>,
    access_ttl: Ttl,
}

pub(crate) async fn exchange(
    kit: &TestService,
    client: &TestClient,
    name: &str,
    pairs: &[(&str, &str)],
) -> OAuthTokens {
    let code = kit.authorization_code(client, name, pairs).await;
    match kit.exchange_code(client, &code, &[]).await {
        Ok(TokenResponse::User {
            access_token,
            id_token,
            refresh_token,
            access_token_ttl,
        }) => OAuthTokens {
            access: access_token,
            id: id_token,
            refresh: refresh_token,
            access_ttl: access_token_ttl,
        },
        outcome => panic!("no tokens: {}", fact(&outcome)),
    }
}

fn custom(name: &str, data_type: AttributeDataType) -> AttributeSchema {
    AttributeSchema {
        name: name.to_owned(),
        data_type,
        is_developer_only: name.starts_with("dev:"),
        is_mutable: true,
        is_required: false,
        string_limits: None,
        number_limits: None,
    }
}

pub(crate) async fn pool_with_customs(kit: &TestService) -> UserPool {
    kit.pool_with(|settings| {
        settings
            .schema
            .push(custom("custom:tier", AttributeDataType::Number));
        settings
            .schema
            .push(custom("custom:vip", AttributeDataType::Boolean));
        settings
            .schema
            .push(custom("dev:custom:note", AttributeDataType::String));
    })
    .await
}

pub(crate) const ATTRIBUTES: [(&str, &str); 11] = [
    ("email", "alice@example.com"),
    ("email_verified", "true"),
    ("phone_number", "+12065551212"),
    ("phone_number_verified", "false"),
    ("given_name", "Alice"),
    ("address", "Here 1"),
    ("updated_at", "1700000000"),
    ("preferred_username", "ally"),
    ("custom:tier", "42"),
    ("custom:vip", "true"),
    ("dev:custom:note", "internal"),
];

fn is_uuid(value: &Value) -> bool {
    let text = value.as_str().unwrap();
    let dashes: Vec<usize> = text.match_indices('-').map(|(index, _)| index).collect();
    text.len() == 36
        && dashes == [8, 13, 18, 23]
        && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

fn check_shared(kit: &TestService, user: &User, claims: &Value, token_use: &str) {
    let now = kit.now().as_secs();
    assert_eq!(claims["sub"], user.sub.as_str());
    assert_eq!(claims["iss"], format!("{PUBLIC_URL}/{}", user.pool_id));
    assert_eq!(claims["token_use"], token_use);
    assert_eq!(claims["auth_time"], json!(now));
    assert_eq!(claims["iat"], json!(now));
    assert_eq!(claims["exp"], json!(now + 3600));
    assert!(is_uuid(&claims["event_id"]));
}

#[tokio::test]
async fn tokens_of_the_api_say_exactly_what_the_services_do() {
    on_every_engine(|kit| async move {
        let pool = pool_with_customs(&kit).await;
        let user = kit.user_with(&pool, "alice", &ATTRIBUTES).await;
        let client = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let id_token = tokens.id_token.unwrap();
        let id = claims(&kit, &pool.id, &id_token).await;
        let expected = [
            "address",
            "aud",
            "auth_time",
            "cognito:username",
            "custom:tier",
            "custom:vip",
            "email",
            "email_verified",
            "event_id",
            "exp",
            "given_name",
            "iat",
            "iss",
            "jti",
            "origin_jti",
            "phone_number",
            "phone_number_verified",
            "preferred_username",
            "sub",
            "token_use",
            "updated_at",
        ];
        assert_eq!(names(&id), expected);
        check_shared(&kit, &user, &id, "id");
        for (name, value) in [
            ("aud", json!(client.id.as_str())),
            ("cognito:username", json!("alice")),
            ("email", json!("alice@example.com")),
            // Booleans here, texts at userInfo.
            ("email_verified", json!(true)),
            ("phone_number_verified", json!(false)),
            ("address", json!({"formatted": "Here 1"})),
            ("updated_at", json!(1_700_000_000)),
            // Text, whatever the type in the schema.
            ("custom:tier", json!("42")),
            ("custom:vip", json!("true")),
        ] {
            assert_eq!(id[name], value, "{name}");
        }

        let access = claims(&kit, &pool.id, &tokens.access_token).await;
        let expected = [
            "auth_time",
            "client_id",
            "event_id",
            "exp",
            "iat",
            "iss",
            "jti",
            "origin_jti",
            "scope",
            "sub",
            "token_use",
            "username",
        ];
        assert_eq!(names(&access), expected);
        check_shared(&kit, &user, &access, "access");
        assert_eq!(access["client_id"], client.id.as_str());
        assert_eq!(access["username"], "alice");
        assert_eq!(access["scope"], "aws.cognito.signin.user.admin");

        assert_eq!(id["event_id"], access["event_id"]);
        assert_eq!(id["origin_jti"], access["origin_jti"]);
        assert_ne!(id["jti"], access["jti"]);
        assert!(is_uuid(&id["jti"]) && is_uuid(&id["origin_jti"]));
        assert_ne!(kid(&id_token), kid(&tokens.access_token));
    })
    .await;
}

#[tokio::test]
async fn tokens_of_the_page_add_version_and_at_hash() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let user = kit.user(&pool, "alice").await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
        ] {
            let tokens = exchange(&kit, &client, "alice", &[("scope", "openid email")]).await;
            assert_eq!(tokens.access_ttl, Ttl::from_hours(1));
            assert!(tokens.refresh.is_some());
            let access = claims(&kit, &pool.id, &tokens.access).await;
            let expected = [
                "auth_time",
                "client_id",
                "event_id",
                "exp",
                "iat",
                "iss",
                "jti",
                "origin_jti",
                "scope",
                "sub",
                "token_use",
                "username",
                "version",
            ];
            assert_eq!(names(&access), expected);
            check_shared(&kit, &user, &access, "access");
            assert_eq!(access["version"], json!(2));
            assert_eq!(access["scope"], "openid email");
            let id = claims(&kit, &pool.id, &tokens.id.unwrap()).await;
            check_shared(&kit, &user, &id, "id");
            let half = &sha256(tokens.access.expose().as_bytes())[..16];
            assert_eq!(id["at_hash"], URL_SAFE_NO_PAD.encode(half));
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_sign_in_of_2021_had_twelve_claims_in_its_id_token() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let email = [("email", "alice@example.com"), ("email_verified", "true")];
        kit.user_with(&pool, "alice", &email).await;
        // Clients of that time could not revoke tokens.
        let client = kit
            .client_with(&pool, |request| {
                request.settings.is_token_revocation_enabled = false;
            })
            .await;
        let tokens = exchange(&kit, &client, "alice", &[("scope", "openid email")]).await;
        let id = claims(&kit, &pool.id, &tokens.id.unwrap()).await;
        let mut expected = [
            "at_hash",
            "sub",
            "aud",
            "email_verified",
            "event_id",
            "token_use",
            "auth_time",
            "iss",
            "cognito:username",
            "exp",
            "iat",
            "email",
        ];
        expected.sort_unstable();
        assert_eq!(names(&id), expected);
        let access = claims(&kit, &pool.id, &tokens.access).await;
        assert!(access.get("origin_jti").is_none() && access.get("jti").is_none());
        // The server still knows when they end.
        kit.get_user_info(&tokens.access).await.unwrap();
        kit.set_password(&pool, "alice", "N3w!password").await;
        assert!(kit.get_user_info(&tokens.access).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn without_openid_there_is_no_id_token() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let scope = [("scope", "aws.cognito.signin.user.admin")];
        let tokens = exchange(&kit, &client, "alice", &scope).await;
        assert!(tokens.id.is_none() && tokens.refresh.is_some());
    })
    .await;
}

#[tokio::test]
async fn s17_a_nonce_comes_back_and_none_is_demanded() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        for nonce in [None, Some("n-0S6_WzA2Mj"), Some("\u{e9} & \"quoted\"")] {
            let pairs: Vec<_> = nonce.map(|nonce| ("nonce", nonce)).into_iter().collect();
            let tokens = exchange(&kit, &client, "alice", &pairs).await;
            let id = claims(&kit, &pool.id, &tokens.id.unwrap()).await;
            assert_eq!(id.get("nonce").and_then(Value::as_str), nonce);
            let access = claims(&kit, &pool.id, &tokens.access).await;
            assert!(access.get("nonce").is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn a_resource_becomes_the_access_tokens_audience_and_survives_a_refresh() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let resource = [("resource", "https://api.example.com")];
        let tokens = exchange(&kit, &client, "alice", &resource).await;
        let access = claims(&kit, &pool.id, &tokens.access).await;
        assert_eq!(access["aud"], "https://api.example.com");
        let refresh = tokens.refresh.unwrap();
        let pairs = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.expose()),
        ];
        let Ok(TokenResponse::User { access_token, .. }) = kit.token_request(&client, &pairs).await
        else {
            panic!("no tokens")
        };
        let access = claims(&kit, &pool.id, &access_token).await;
        assert_eq!(access["aud"], "https://api.example.com");
    })
    .await;
}

#[tokio::test]
async fn lifetimes_are_the_clients() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit
            .client_with(&pool, |request| {
                let validity = |number, unit| Validity {
                    number: Some(number),
                    unit: Some(unit),
                };
                let lifetimes = &mut request.settings.token_validity;
                lifetimes.id_token = validity(5, ValidityUnit::Minutes);
                lifetimes.access_token = validity(86_400, ValidityUnit::Seconds);
                lifetimes.refresh_token = validity(2, ValidityUnit::Days);
            })
            .await;
        let tokens = kit.tokens_of(&client, "alice").await;
        assert_eq!(tokens.access_token_ttl, Ttl::from_days(1));
        let now = kit.now().as_secs();
        let id = claims(&kit, &pool.id, &tokens.id_token.unwrap()).await;
        assert_eq!(id["exp"], json!(now + 300));
        let access = claims(&kit, &pool.id, &tokens.access_token).await;
        assert_eq!(access["exp"], json!(now + 86_400));
    })
    .await;
}

#[tokio::test]
async fn s9_no_token_holds_a_password_or_a_secret() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.confidential_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let secret = client.secret.as_ref().unwrap().expose();
        for token in [
            Some(tokens.access_token),
            tokens.id_token,
            tokens.refresh_token,
        ] {
            for part in token.unwrap().expose().split('.') {
                let bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
                for needle in [poolhouse_testkit::PASSWORD, secret] {
                    let found = bytes.windows(needle.len()).any(|w| w == needle.as_bytes());
                    assert!(!found);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_id_is_the_padded_base64_of_thirty_two_bytes() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let tokens = kit
            .tokens_of(&kit.public_client(&pool).await, "alice")
            .await;
        let kid = kid(&tokens.access_token);
        assert_eq!(STANDARD.decode(&kid).unwrap().len(), 32);
    })
    .await;
}
