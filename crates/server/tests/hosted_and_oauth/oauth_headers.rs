//! Headers of every answer, and methods that are not served.

use axum::body::Body;
use http::{Method, Request};
use poolhouse_testkit::DoorAnswer;

use crate::browser::{authorize_query, start, start_with};

fn assert_guarded(answer: &DoorAnswer, path: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{path}");
    }
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'"), "{path}");
    assert!(policy.contains("frame-ancestors 'none'"), "{path}");
    let id = answer.header("x-amz-cognito-request-id").unwrap();
    assert_eq!(id.len(), 36, "{path}");
}

#[tokio::test]
async fn s52_every_answer_is_guarded_and_none_with_a_form_or_token_is_stored() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let query = authorize_query(&client, &[]);
    for path in [
        format!("/oauth2/authorize?{query}"),
        format!("/login?{query}"),
        format!("/logout?{query}"),
        "/error?error=invalid_request".to_owned(),
        "/oauth2/token".to_owned(),
        "/oauth2/revoke".to_owned(),
        "/oauth2/userInfo".to_owned(),
        "/_poolhouse/".to_owned(),
        "/_poolhouse/inbox".to_owned(),
        "/_poolhouse/health".to_owned(),
    ] {
        for answer in [app.get(&path).await, app.post_form(&path, &[]).await] {
            assert_guarded(&answer, &path);
            assert_eq!(
                answer.header("cache-control"),
                Some("no-cache, no-store, max-age=0, must-revalidate"),
                "{path}"
            );
            assert_eq!(answer.header("pragma"), Some("no-cache"));
            assert_eq!(answer.header("expires"), Some("0"));
            assert_eq!(answer.header("strict-transport-security"), None);
        }
    }
}

#[tokio::test]
async fn s51_the_policy_of_pages_allows_neither_scripts_nor_inline_styles() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let page = app
        .get(&format!("/login?{}", authorize_query(&client, &[])))
        .await;
    let policy = page.header("content-security-policy").unwrap();
    assert_eq!(
        policy,
        "default-src 'none'; style-src 'self'; img-src 'self'; object-src 'none'; \
         base-uri 'none'; frame-ancestors 'none'"
    );
}

#[tokio::test]
async fn s52_browsers_that_come_by_https_are_told_to_stay_with_it() {
    let by_https = |settings: &mut poolhouse_service::ServiceSettings| {
        settings.public_url = "https://auth.example.com".to_owned();
    };
    let app = start_with(by_https, |_| ()).await;
    for path in [
        "/error?error=invalid_request",
        "/oauth2/userInfo",
        "/_poolhouse/health",
    ] {
        let answer = app.get_with(path, &[("host", "auth.example.com")]).await;
        assert_eq!(
            answer.header("strict-transport-security"),
            Some("max-age=31536000 ; includeSubDomains")
        );
    }
}

#[tokio::test]
async fn s52_strict_transport_is_never_asked_for_on_hosts_that_other_servers_share() {
    let path = "/error?error=invalid_request";
    let strict = async |public_url: &str, host: &str, is_sent: bool| {
        let app = start_with(
            |service| public_url.clone_into(&mut service.public_url),
            |doors| doors.sends_strict_transport = is_sent,
        );
        let answer = app.await.get_with(path, &[("host", host)]).await;
        answer.header("strict-transport-security").is_some()
    };
    let public = "https://auth.example.com";
    assert!(strict(public, "auth.example.com", true).await);
    assert!(!strict(public, "auth.example.com", false).await);
    for host in ["localhost:9229", "app.localhost:9229", "127.0.0.1", "[::1]"] {
        assert!(!strict(public, host, true).await, "{host}");
        let local = format!("https://{host}");
        assert!(!strict(&local, host, true).await, "{host}");
    }
}

#[tokio::test]
async fn a_method_that_is_not_served_is_405_and_the_answer_names_those_that_are() {
    let app = start().await;
    for (method, path, allowed) in [
        (Method::GET, "/oauth2/token", "POST"),
        (Method::PUT, "/oauth2/token", "POST"),
        (Method::GET, "/oauth2/revoke", "POST"),
        (Method::DELETE, "/oauth2/userInfo", "GET,HEAD,POST"),
        (Method::PUT, "/oauth2/authorize", "GET,HEAD,POST"),
        (Method::POST, "/logout", "GET,HEAD"),
        (Method::POST, "/error", "GET,HEAD"),
        (Method::PUT, "/login", "GET,HEAD,POST"),
        (Method::POST, "/_poolhouse/health", "GET,HEAD"),
        (Method::POST, "/_poolhouse/inbox", "GET,HEAD,DELETE"),
        (Method::GET, "/_poolhouse/inbox/empty", "POST"),
    ] {
        let request = Request::builder().method(&method).uri(path);
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 405, "{method} {path}");
        assert_eq!(answer.header("allow"), Some(allowed), "{method} {path}");
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_and_known_by_their_fingerprint_only() {
    let app = start().await;
    for asset in poolhouse_templates::assets::ALL {
        let answer = app.get(&asset.path.to_string()).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some(asset.content_type));
        assert_eq!(
            answer.header("cache-control"),
            Some("public, max-age=31536000, immutable")
        );
        assert_eq!(answer.body, asset.bytes);
    }
    let other = app
        .get("/_poolhouse/assets/0000000000000000/poolhouse.css")
        .await;
    assert_eq!(other.status, 404);
    assert!(other.header("cache-control").unwrap().contains("no-store"));
}

#[tokio::test]
async fn assets_are_compressed_and_pages_and_tokens_never() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let gzip = [("accept-encoding", "gzip, br, deflate")];
    let stylesheet = poolhouse_templates::assets::STYLESHEET;
    let answer = app.get_with(&stylesheet.path.to_string(), &gzip).await;
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert!(answer.body.len() < stylesheet.bytes.len() / 2);
    for path in [
        format!("/login?{}", authorize_query(&client, &[])),
        "/_poolhouse/inbox".to_owned(),
        "/oauth2/token".to_owned(),
    ] {
        for answer in [
            app.get_with(&path, &gzip).await,
            app.post_form_with(&path, &[], &gzip).await,
        ] {
            assert_eq!(answer.header("content-encoding"), None, "{path}");
        }
    }
}
