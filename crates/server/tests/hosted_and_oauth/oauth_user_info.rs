//! `userInfo`: what it tells, and every token that it does not take.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, Header, encode};
use poolhouse_model::Ttl;
use poolhouse_testkit::{DoorAnswer, SignInExt as _, TestApp, TestClient};
use serde_json::{Value, json};

use crate::browser::start;
use crate::tokens::{claims, text, tokens, user_info};

const INVALID_TOKEN: &str = "error=\"invalid_token\", error_description=\"Access token is \
    expired, disabled, or deleted, or the user has globally signed out.\"";

async fn house(app: &TestApp) -> TestClient {
    let pool = app.pool().await;
    app.user_with(
        &pool,
        "jane",
        &[("email", "jane@example.com"), ("email_verified", "true")],
    )
    .await;
    app.public_client(&pool).await
}

fn assert_refused(answer: &DoorAnswer, what: &str) {
    assert_eq!(answer.status, 401, "{what}");
    assert_eq!(
        answer.header("www-authenticate"),
        Some(INVALID_TOKEN),
        "{what}"
    );
    assert_eq!(answer.json()["error"], "invalid_token", "{what}");
    let cache_control = answer.header("cache-control").unwrap();
    assert!(cache_control.contains("no-store"), "{what}");
}

/// Puts another header before payload and signature of a token.
fn with_header(token: &str, header: &Value) -> String {
    let (_, rest) = token.split_once('.').unwrap();
    format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()))
}

/// The header of a token.
fn header_of(token: &str) -> Value {
    let bytes = URL_SAFE_NO_PAD
        .decode(token.split('.').next().unwrap())
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn edited(value: &Value, member: &str, text: impl Into<Value>) -> Value {
    let mut value = value.clone();
    value[member] = text.into();
    value
}

#[tokio::test]
async fn every_value_is_text_and_the_user_name_is_there() {
    let app = start().await;
    let client = house(&app).await;
    let tokens = tokens(&app, &client, "jane", &[("scope", "openid email")]).await;
    let answer = user_info(&app, text(&tokens, "access_token")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        Some("application/json;charset=UTF-8")
    );
    let sub = claims(text(&tokens, "access_token"))["sub"].clone();
    let expected = json!({"sub": sub, "email_verified": "true", "email": "jane@example.com",
        "username": "jane"});
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn s32_the_token_comes_in_the_header_by_get_or_post() {
    let app = start().await;
    let client = house(&app).await;
    let tokens = tokens(&app, &client, "jane", &[]).await;
    let access_token = text(&tokens, "access_token");
    let bearer = format!("bearer {access_token}");
    let headers = [("authorization", bearer.as_str())];
    let answer = app.post_form_with("/oauth2/userInfo", &[], &headers).await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("cache-control").unwrap().contains("no-store"));

    let in_query = format!("/oauth2/userInfo?access_token={access_token}");
    let in_body = [("access_token", access_token)];
    let malformed = [("authorization", "Basic YTpi")];
    for answer in [
        app.get("/oauth2/userInfo").await,
        app.get(&in_query).await,
        app.post_form("/oauth2/userInfo", &in_body).await,
        app.get_with("/oauth2/userInfo", &malformed).await,
        app.get_with("/oauth2/userInfo", &[("authorization", "Bearer")])
            .await,
    ] {
        assert_eq!(answer.status, 400);
        let expected = "error=\"invalid_request\", error_description=\"Bad OAuth2 request at \
                        UserInfo Endpoint\"";
        assert_eq!(answer.header("www-authenticate"), Some(expected));
    }
}

#[tokio::test]
async fn s32_an_expired_token_or_one_without_openid_is_refused() {
    let app = start().await;
    let client = house(&app).await;
    let scope = [("scope", "aws.cognito.signin.user.admin")];
    let narrow = tokens(&app, &client, "jane", &scope).await;
    let answer = user_info(&app, text(&narrow, "access_token")).await;
    assert_eq!(answer.status, 401);
    let expected = "error=\"invalid_token\", error_description=\"Access token does not contain \
                    openid scope\"";
    assert_eq!(answer.header("www-authenticate"), Some(expected));

    let by_api = app.tokens_of(&client, "jane").await;
    let answer = user_info(&app, by_api.access_token.expose()).await;
    assert_eq!(answer.header("www-authenticate"), Some(expected));

    let full = tokens(&app, &client, "jane", &[]).await;
    app.clock.advance(Ttl::from_hours(1));
    assert_refused(
        &user_info(&app, text(&full, "access_token")).await,
        "expired",
    );
}

#[tokio::test]
async fn s1_another_algorithm_or_an_empty_signature_is_refused() {
    let app = start().await;
    let client = house(&app).await;
    let tokens = tokens(&app, &client, "jane", &[]).await;
    let token = text(&tokens, "access_token");
    let (header, payload) = (header_of(token), claims(token));
    let (unsigned, _) = token.rsplit_once('.').unwrap();
    for alg in [
        "none", "None", "NONE", "HS256", "RS512", "rs256", "RS256 ", "PS256", "",
    ] {
        let forged = with_header(token, &edited(&header, "alg", alg));
        assert_refused(&user_info(&app, &forged).await, alg);
        let (without, _) = forged.rsplit_once('.').unwrap();
        assert_refused(&user_info(&app, &format!("{without}.")).await, alg);
        assert_refused(&user_info(&app, without).await, alg);
    }
    assert_refused(
        &user_info(&app, &format!("{unsigned}.")).await,
        "empty signature",
    );
    assert_refused(&user_info(&app, unsigned).await, "no signature");

    let keys = app.jwk_set(&client.pool_id).await.unwrap();
    let keys: Value = serde_json::from_str(&keys).unwrap();
    for key in keys["keys"].as_array().unwrap() {
        let mut symmetric = Header::new(jsonwebtoken::Algorithm::HS256);
        symmetric.kid = header["kid"].as_str().map(str::to_owned);
        let modulus = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
        for secret in [
            modulus,
            key["n"].to_string().into_bytes(),
            key.to_string().into_bytes(),
        ] {
            let secret = EncodingKey::from_secret(&secret);
            let forged = encode(&symmetric, &payload, &secret).unwrap();
            assert_refused(&user_info(&app, &forged).await, "HS256 with the public key");
        }
    }
}

#[tokio::test]
async fn s2_an_unknown_key_is_refused_and_one_that_the_token_brings_is_ignored() {
    let app = start().await;
    let client = house(&app).await;
    let tokens = tokens(&app, &client, "jane", &[]).await;
    let token = text(&tokens, "access_token");
    let header = header_of(token);
    let long = "k".repeat(1024 * 32);
    for kid in [
        "",
        "unknown",
        "../../etc/passwd",
        "' OR '1'='1",
        "\0",
        long.as_str(),
    ] {
        let forged = with_header(token, &edited(&header, "kid", kid));
        assert_refused(&user_info(&app, &forged).await, kid);
    }
    for member in ["jku", "x5u", "jwk"] {
        let forged = with_header(token, &edited(&header, member, "http://127.0.0.1:1/"));
        assert_refused(&user_info(&app, &forged).await, member);
    }
}

#[tokio::test]
async fn s3_an_id_token_or_a_token_of_another_pool_is_refused() {
    let app = start().await;
    let client = house(&app).await;
    let tokens = tokens(&app, &client, "jane", &[]).await;
    assert_refused(
        &user_info(&app, text(&tokens, "id_token")).await,
        "ID token",
    );
    assert_refused(
        &user_info(&app, text(&tokens, "refresh_token")).await,
        "refresh token",
    );

    let other = app.pool().await;
    let domain = poolhouse_service::CreateDomain {
        pool_id: other.id.clone(),
        domain: "other".to_owned(),
        custom: None,
        managed_login_version: None,
    };
    app.create_domain(domain).await.unwrap();
    let bearer = format!("Bearer {}", text(&tokens, "access_token"));
    let headers = [
        ("authorization", bearer.as_str()),
        ("host", "other.auth.localhost"),
    ];
    let answer = app.get_with("/oauth2/userInfo", &headers).await;
    assert_refused(&answer, "another pool's domain");
}

#[tokio::test]
async fn s4_changed_instants_break_the_signature() {
    let app = start().await;
    let client = house(&app).await;
    let tokens = tokens(&app, &client, "jane", &[]).await;
    let token = text(&tokens, "access_token");
    let (head, signature) = (
        token.split('.').next().unwrap(),
        token.rsplit('.').next().unwrap(),
    );
    let payload = claims(token);
    for (member, value) in [
        ("exp", json!(i64::MAX)),
        ("exp", json!("9999999999")),
        ("exp", json!(-1)),
        ("exp", Value::Null),
        ("exp", json!(9_223_372_036_854_775_808_u64)),
        ("iat", json!(1e300)),
        ("iat", Value::Null),
    ] {
        let payload = edited(&payload, member, value.clone());
        let payload = URL_SAFE_NO_PAD.encode(payload.to_string());
        let forged = format!("{head}.{payload}.{signature}");
        assert_refused(
            &user_info(&app, &forged).await,
            &format!("{member} {value}"),
        );
    }
}

#[tokio::test]
async fn s30_a_token_of_a_user_who_signed_out_everywhere_is_refused() {
    let app = start().await;
    let client = house(&app).await;
    let tokens = tokens(&app, &client, "jane", &[]).await;
    let access_token = text(&tokens, "access_token");
    app.global_sign_out(access_token).await.unwrap();
    assert_refused(&user_info(&app, access_token).await, "signed out");
}
