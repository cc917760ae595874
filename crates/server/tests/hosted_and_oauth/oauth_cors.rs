//! Which answers pages of other origins may read.

use axum::body::Body;
use http::{Method, Request};
use poolhouse_testkit::{DoorAnswer, TestApp};

use crate::browser::{authorize_query, start};

const ORIGIN: (&str, &str) = ("origin", "https://app.example.com");

async fn preflight(app: &TestApp, path: &str) -> DoorAnswer {
    let request = Request::builder()
        .method(Method::OPTIONS)
        .uri(path)
        .header("origin", "https://app.example.com")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,x-amz-user-agent",
        )
        .body(Body::empty())
        .unwrap();
    app.send(request).await
}

fn assert_open(answer: &DoorAnswer, what: &str) {
    assert_eq!(
        answer.header("access-control-allow-origin"),
        Some("*"),
        "{what}"
    );
    assert_eq!(
        answer.header("access-control-allow-credentials"),
        None,
        "{what}"
    );
}

#[tokio::test]
async fn s56_endpoints_for_scripts_are_open_on_success_error_and_preflight() {
    let app = start().await;
    let pool = app.pool().await;
    let documents = [
        format!("/{}/.well-known/jwks.json", pool.id),
        format!("/{}/.well-known/openid-configuration", pool.id),
        "/us-east-1_Nowhere00/.well-known/jwks.json".to_owned(),
    ];
    for path in &documents {
        assert_open(&app.get_with(path, &[ORIGIN]).await, path);
        assert_open(&preflight(&app, path).await, path);
    }
    let too_long = "a".repeat(1024 * 1024 + 1);
    for path in ["/oauth2/token", "/oauth2/revoke", "/oauth2/userInfo"] {
        assert_open(&app.post_form_with(path, &[], &[ORIGIN]).await, path);
        assert_open(&app.get_with(path, &[ORIGIN]).await, path);
        let answer = app
            .post_form_with(path, &[("a", &too_long)], &[ORIGIN])
            .await;
        assert_eq!(answer.status, 413);
        assert_open(&answer, path);

        let answer = preflight(&app, path).await;
        assert_eq!(answer.status, 204, "{path}");
        assert_open(&answer, path);
        let methods = answer.header("access-control-allow-methods").unwrap();
        assert!(methods.contains("POST") && methods.contains("GET"));
        assert_eq!(
            answer.header("access-control-allow-headers"),
            Some("authorization,x-amz-user-agent")
        );
    }
}

#[tokio::test]
async fn s56_pages_are_closed() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let query = authorize_query(&client, &[]);
    for path in [
        format!("/oauth2/authorize?{query}"),
        format!("/authorize?{query}"),
        format!("/login?{query}"),
        format!("/logout?{query}"),
        "/error?error=invalid_request".to_owned(),
        "/_poolhouse/".to_owned(),
        "/_poolhouse/health".to_owned(),
        "/_poolhouse/inbox".to_owned(),
    ] {
        for answer in [
            app.get_with(&path, &[ORIGIN]).await,
            app.post_form_with(&path, &[], &[ORIGIN]).await,
            preflight(&app, &path).await,
        ] {
            let open = answer.headers.keys();
            let open = open.filter(|name| name.as_str().starts_with("access-control-"));
            assert_eq!(open.count(), 0, "{path}");
        }
    }
}
