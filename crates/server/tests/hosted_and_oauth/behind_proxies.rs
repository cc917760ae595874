//! Requests that come by proxies, and those that only say so.

use axum::body::Body;
use http::Request;
use poolhouse_model::UserPoolId;
use poolhouse_server::ConnectionEnds;
use poolhouse_service::{CreateDomain, CustomDomain};
use poolhouse_testkit::{DoorAnswer, TestApp};
use serde_json::Value;

use crate::browser::{authorize_query, start_with};

const PROXY: &str = "10.1.2.3";
const STRANGER: &str = "203.0.113.9";
const DOMAIN: &str = "auth.widget.example";

/// Doors that trust a proxy, at a public URL in https.
async fn start() -> TestApp {
    start_with(
        |service| "https://id.example.com".clone_into(&mut service.public_url),
        |doors| doors.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()],
    )
    .await
}

async fn get(app: &TestApp, peer: &str, path: &str, headers: &[(&str, &str)]) -> DoorAnswer {
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectionEnds {
        peer: format!("{peer}:40000").parse().unwrap(),
        local: "10.1.2.4:9229".parse().unwrap(),
    });
    app.send(request).await
}

async fn give_domain(app: &TestApp, pool_id: &UserPoolId) {
    let domain = CreateDomain {
        pool_id: pool_id.clone(),
        domain: DOMAIN.to_owned(),
        custom: Some(CustomDomain {
            certificate_arn: "arn:aws:acm:us-east-1:000000000000:certificate/a".to_owned(),
            security_policy: None,
        }),
        managed_login_version: None,
    };
    app.create_domain(domain).await.unwrap();
}

/// The name of the CSRF cookie that a page set: a pool's own domain names it as the service does.
fn csrf_cookie(page: &DoorAnswer) -> &str {
    let cookies = page.cookies();
    let mut names = cookies.iter().filter_map(|cookie| cookie.split('=').next());
    names.find(|name| name.contains("XSRF-TOKEN")).unwrap()
}

#[tokio::test]
async fn s55_the_domain_that_a_proxy_was_asked_for_leads_to_the_pool_and_a_strangers_word_does_not()
{
    let app = start().await;
    let pool = app.pool().await;
    give_domain(&app, &pool.id).await;
    let client = app.public_client(&pool).await;
    let path = format!("/login?{}", authorize_query(&client, &[]));
    let shared = format!("__Host-XSRF-TOKEN-{}", pool.id);
    let by_header = [("host", "10.1.2.4:9229"), ("x-forwarded-host", DOMAIN)];
    let by_standard = [
        ("host", "10.1.2.4:9229"),
        (
            "forwarded",
            "for=203.0.113.9;host=\"auth.widget.example:443\"",
        ),
    ];
    let by_host = [("host", DOMAIN)];
    for (peer, headers, expected) in [
        (PROXY, &by_header[..], "XSRF-TOKEN"),
        (PROXY, &by_standard, "XSRF-TOKEN"),
        (PROXY, &by_host, "XSRF-TOKEN"),
        (STRANGER, &by_host, "XSRF-TOKEN"),
        (STRANGER, &by_header, &shared),
        (STRANGER, &by_standard, &shared),
    ] {
        let page = get(&app, peer, &path, headers).await;
        assert_eq!(page.status, 200, "{headers:?}");
        assert_eq!(csrf_cookie(&page), expected, "{peer} {headers:?}");
        let cookie = page.header("set-cookie").unwrap();
        assert!(
            cookie.contains("; Secure") && !cookie.contains("Domain"),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn s55_issuer_links_and_cookies_follow_the_public_url_whatever_a_proxy_says() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let document = format!("/{}/.well-known/openid-configuration", pool.id);
    let login = format!("/login?{}", authorize_query(&client, &[]));
    let plain: Value = app.get(&document).await.json();
    assert_eq!(
        plain["issuer"],
        format!("https://id.example.com/{}", pool.id)
    );
    for headers in [
        &[("x-forwarded-proto", "http")][..],
        &[("x-forwarded-host", "localhost"), ("x-forwarded-port", "1")],
        &[
            ("x-forwarded-prefix", "/evil"),
            ("x-forwarded-server", "evil.example"),
        ],
        &[(
            "forwarded",
            "for=1.2.3.4;host=localhost;proto=http;by=evil.example",
        )],
        &[
            ("x-original-host", "evil.example"),
            ("x-host", "evil.example"),
        ],
    ] {
        let answer = get(&app, PROXY, &document, headers).await;
        assert_eq!(answer.json(), plain, "{headers:?}");
        let page = get(&app, PROXY, &login, headers).await;
        assert!(!page.text().contains("evil"), "{headers:?}");
        let cookie = page.header("set-cookie").unwrap();
        assert!(
            cookie.starts_with("__Host-") && cookie.contains("; Secure"),
            "{cookie}"
        );
    }
}

#[tokio::test]
async fn s55_a_proxy_opens_no_door_to_hosts_that_are_none_of_ours() {
    let app = start().await;
    let health = "/_poolhouse/health";
    for (headers, status) in [
        (&[("x-forwarded-host", "id.example.com")][..], 200),
        (&[("x-forwarded-host", "evil.example")], 421),
        (&[("forwarded", "for=1.2.3.4;host=evil.example")], 421),
        // A page under a stranger's name can send the header, and is refused by its name.
        (
            &[("host", "evil.example"), ("x-forwarded-host", "localhost")],
            421,
        ),
        (&[("x-forwarded-host", "user@localhost")], 400),
        (&[("x-forwarded-host", "a b")], 400),
        (&[("x-forwarded-host", "localhost, id.example.com")], 400),
        (
            &[("x-forwarded-for", "1.1.1.1"), ("forwarded", "for=2.2.2.2")],
            400,
        ),
    ] {
        let answer = get(&app, PROXY, health, headers).await;
        assert_eq!(answer.status, status, "{headers:?}");
    }
    let ignored = [("x-forwarded-host", "evil.example")];
    assert_eq!(get(&app, STRANGER, health, &ignored).await.status, 200);
}
