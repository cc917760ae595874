//! The client credentials grant at `/oauth2/token`, as the wire has it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use poolhouse_testkit::{DoorAnswer, TestApp, TestClient};
use serde_json::json;

use crate::browser::start;
use crate::tokens::{claims, text, user_info};

const GRANT: (&str, &str) = ("grant_type", "client_credentials");

async fn machine(app: &TestApp) -> TestClient {
    let pool = app.pool().await;
    app.resource_server(&pool, "https://api.example.com", &["read", "write"])
        .await;
    let scopes = [
        "https://api.example.com/read",
        "https://api.example.com/write",
    ];
    app.machine_client(&pool, &scopes).await
}

/// Asks for a token; the secret is in the header.
async fn ask(app: &TestApp, client: &TestClient, more: &[(&str, &str)]) -> DoorAnswer {
    let secret = client.secret.as_ref().unwrap().expose();
    let pair = STANDARD.encode(format!("{}:{secret}", client.id));
    let header = format!("Basic {pair}");
    let form: Vec<_> = [GRANT].into_iter().chain(more.iter().copied()).collect();
    app.post_form_with("/oauth2/token", &form, &[("authorization", &header)])
        .await
}

#[tokio::test]
async fn the_answer_holds_an_access_token_and_is_not_cached() {
    let app = start().await;
    let client = machine(&app).await;
    let secret = client.secret.as_ref().unwrap().expose();
    let in_body = [
        GRANT,
        ("client_id", client.id.as_str()),
        ("client_secret", secret),
    ];
    let by_body = app.post_form("/oauth2/token", &in_body).await;
    for answer in [ask(&app, &client, &[]).await, by_body] {
        assert_eq!(answer.status, 200, "{}", answer.text());
        let caching = answer.header("cache-control").unwrap();
        assert!(caching.contains("no-store"), "{caching}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/json;charset=UTF-8")
        );
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        let mut body = answer.json();
        let token = body.as_object_mut().unwrap().remove("access_token");
        assert_eq!(body, json!({"expires_in": 3600, "token_type": "Bearer"}));
        let claims = claims(token.unwrap().as_str().unwrap());
        assert_eq!(
            claims["scope"],
            "https://api.example.com/read https://api.example.com/write"
        );
        assert!(claims.get("username").is_none() && claims.get("aud").is_none());
    }
}

#[tokio::test]
async fn refusals_are_400_with_the_code_alone() {
    let app = start().await;
    let client = machine(&app).await;
    let pool = app.pool().await;
    let web = app.confidential_client(&pool).await;
    for (client, more, error) in [
        (&client, ("scope", "openid"), "invalid_scope"),
        (
            &client,
            ("scope", "aws.cognito.signin.user.admin"),
            "invalid_scope",
        ),
        (
            &client,
            ("scope", "https://api.example.com/none"),
            "invalid_scope",
        ),
        (&client, ("scope", "a\"b"), "invalid_scope"),
        (&client, ("client_id", "other"), "invalid_request"),
        (&client, ("aws_client_metadata", "[1]"), "invalid_request"),
        (&web, ("scope", "openid"), "unauthorized_client"),
    ] {
        let answer = ask(&app, client, &[more]).await;
        assert_eq!(answer.status, 400, "{more:?}");
        assert_eq!(
            answer.text(),
            format!(r#"{{"error":"{error}"}}"#),
            "{more:?}"
        );
    }
    let without_secret = [GRANT, ("client_id", client.id.as_str())];
    let answer = app.post_form("/oauth2/token", &without_secret).await;
    assert_eq!(answer.text(), r#"{"error":"invalid_client"}"#);
}

#[tokio::test]
async fn s13_a_parameter_of_the_grant_sent_twice_is_refused() {
    let app = start().await;
    let client = machine(&app).await;
    for name in ["scope", "grant_type", "aws_client_metadata"] {
        let twice = [(name, "{}"), (name, "{}")];
        let answer = ask(&app, &client, &twice).await;
        assert_eq!(answer.json()["error"], "invalid_request", "{name}");
    }
}

#[tokio::test]
async fn s32_user_info_does_not_take_the_token() {
    let app = start().await;
    let client = machine(&app).await;
    let body = ask(&app, &client, &[]).await.json();
    let answer = user_info(&app, text(&body, "access_token")).await;
    assert_eq!(answer.status, 401);
    let expected =
        r#"error="invalid_token", error_description="Access token does not contain openid scope""#;
    assert_eq!(answer.header("www-authenticate"), Some(expected));
}

#[tokio::test]
async fn a_token_of_a_client_cannot_be_revoked() {
    let app = start().await;
    let client = machine(&app).await;
    let body = ask(&app, &client, &[]).await.json();
    let form = [
        ("client_id", client.id.as_str()),
        ("client_secret", client.secret.as_ref().unwrap().expose()),
        ("token", text(&body, "access_token")),
    ];
    let answer = app.post_form("/oauth2/revoke", &form).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["error"], "unsupported_token_type");
}

#[tokio::test]
async fn custom_scopes_are_asked_for_at_the_authorization_endpoint_too() {
    let app = start().await;
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    app.resource_server(&pool, "api", &["read"]).await;
    let client = app
        .client_with(&pool, |request| {
            request
                .settings
                .allowed_oauth_scopes
                .push("api/read".to_owned());
        })
        .await;
    let more = [("scope", "openid api/read")];
    let tokens = crate::tokens::tokens(&app, &client, "jane", &more).await;
    let access = claims(text(&tokens, "access_token"));
    assert_eq!(access["scope"], "openid api/read");
}
