//! The issuer's documents.

use poolhouse_service::{CreateDomain, CustomDomain};
use serde_json::Value;

use crate::browser::{Browser, authorize_path, start, start_with};

#[tokio::test]
async fn the_keys_are_two_and_may_be_cached() {
    let app = start().await;
    let pool = app.pool().await;
    let answer = app
        .get(&format!("/{}/.well-known/jwks.json", pool.id))
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let cache_control = answer.header("cache-control").unwrap();
    assert!(
        cache_control.starts_with("public, max-age="),
        "{cache_control}"
    );
    let keys = answer.json()["keys"].as_array().unwrap().clone();
    assert_eq!(keys.len(), 2);
    for key in keys {
        assert_eq!(key["alg"], "RS256");
        assert_eq!(key["kid"].as_str().unwrap().len(), 44);
        assert!(key.get("d").is_none());
    }
}

#[tokio::test]
async fn outside_the_dev_profile_documents_are_kept_for_an_hour() {
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    let pool = app.pool().await;
    for document in ["jwks.json", "openid-configuration"] {
        let answer = app
            .get(&format!("/{}/.well-known/{document}", pool.id))
            .await;
        assert_eq!(answer.header("cache-control"), Some("public, max-age=3600"));
    }
}

#[tokio::test]
async fn s22_every_endpoint_that_discovery_names_is_served() {
    let app = start().await;
    let pool = app.pool().await;
    let path = format!("/{}/.well-known/openid-configuration", pool.id);
    let document = app.get(&path).await.json();
    assert_eq!(
        document["issuer"],
        format!("http://localhost:9229/{}", pool.id)
    );
    assert!(
        document
            .get("authorization_response_iss_parameter_supported")
            .is_none()
    );
    let endpoints = document.as_object().unwrap().iter();
    let endpoints: Vec<(&String, &str)> = endpoints
        .filter(|(name, _)| name.ends_with("_endpoint") || *name == "jwks_uri")
        .map(|(name, value)| (name, value.as_str().unwrap()))
        .collect();
    assert_eq!(endpoints.len(), 6, "{document}");
    for (name, url) in endpoints {
        let path = url.strip_prefix("http://localhost:9229").unwrap();
        let get = app.get(path).await.status;
        let post = app.post_form(path, &[]).await.status;
        assert!(get != 404 && (get != 405 || post != 405), "{name} {url}");
    }
}

#[tokio::test]
async fn s22_the_authorization_response_names_no_issuer_as_discovery_promises_none() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let location = Browser::new(&app)
        .sign_in(&authorize_path(&client, &[]), "jane")
        .await;
    assert!(!location.contains("iss="), "{location}");
}

#[tokio::test]
async fn an_unknown_pool_has_no_documents() {
    let app = start().await;
    for pool_id in ["us-east-1_Nowhere00", "%00", "..%2F..", "%3Cscript%3E"] {
        for document in ["jwks.json", "openid-configuration"] {
            let answer = app.get(&format!("/{pool_id}/.well-known/{document}")).await;
            assert_eq!(answer.status, 404, "{pool_id}");
            assert_eq!(answer.header("content-type"), Some("application/json"));
            assert!(answer.json()["message"].is_string());
        }
    }
}

#[tokio::test]
async fn s55_neither_host_nor_forwarded_headers_reach_issuer_or_links() {
    let app = start().await;
    let pool = app.pool().await;
    let path = format!("/{}/.well-known/openid-configuration", pool.id);
    let plain = app.get(&path).await.json();
    let forwarded = [
        ("host", "127.0.0.1:1"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "host=evil.example;proto=https"),
        ("x-forwarded-prefix", "/evil"),
    ];
    assert_eq!(app.get_with(&path, &forwarded).await.json(), plain);

    let client = app.public_client(&pool).await;
    let answer = app
        .get_with(&authorize_path(&client, &[]), &forwarded)
        .await;
    assert!(answer.location().starts_with("/login?"));
    let page = app.get_with(answer.location(), &forwarded).await;
    assert!(!page.text().contains("evil.example"));
    let cookie = page.header("set-cookie").unwrap();
    assert!(
        !cookie.contains("Secure") && !cookie.contains("Domain"),
        "{cookie}"
    );
    let unknown = app.get_with(&path, &[("host", "evil.example")]).await;
    assert_eq!(unknown.status, 421);
}

#[tokio::test]
async fn a_custom_domain_takes_the_endpoints_and_leaves_the_issuer() {
    let app = start().await;
    let pool = app.pool().await;
    let domain = CreateDomain {
        pool_id: pool.id.clone(),
        domain: "auth.example.com".to_owned(),
        custom: Some(CustomDomain {
            certificate_arn: "arn:aws:acm:us-east-1:000000000000:certificate/a".to_owned(),
            security_policy: None,
        }),
        managed_login_version: None,
    };
    app.create_domain(domain).await.unwrap();
    let path = format!("/{}/.well-known/openid-configuration", pool.id);
    let document: Value = app.get(&path).await.json();
    assert_eq!(
        document["token_endpoint"],
        "https://auth.example.com/oauth2/token"
    );
    assert_eq!(
        document["issuer"],
        format!("http://localhost:9229/{}", pool.id)
    );
}
