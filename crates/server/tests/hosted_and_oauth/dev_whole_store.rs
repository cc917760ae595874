//! Reset, snapshot and restore, as test suites use them.

use axum::body::Body;
use http::{Method, Request};
use poolhouse_testkit::{DoorAnswer, TestApp};
use serde_json::{Value, json};

use crate::browser::{start, start_with};

async fn send(app: &TestApp, method: Method, path: &str, body: &str) -> DoorAnswer {
    let request = Request::builder().method(method).uri(path);
    app.send(request.body(Body::from(body.to_owned())).unwrap())
        .await
}

async fn post(app: &TestApp, path: &str) -> Value {
    let answer = send(app, Method::POST, path, "").await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/json"));
    answer.json()
}

#[tokio::test]
async fn a_reset_removes_everything_or_the_users_of_one_pool() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let path = format!("/_poolhouse/reset?pool={}", pool.id);
    let answer = post(&app, &path).await;
    assert_eq!(
        answer,
        json!({"removed": "users", "pool": pool.id.as_str()})
    );
    let page = app.get("/_poolhouse/").await;
    assert!(page.text().contains(client.id.as_str()));
    let gone = app.admin_get_user(&pool.id, "jane").await;
    assert!(gone.is_err());
    assert_eq!(
        post(&app, "/_poolhouse/reset").await,
        json!({"removed": "everything"})
    );
    let page = app.get("/_poolhouse/").await;
    assert!(page.text().contains("No user pool yet"));
    let documents = format!("/{}/.well-known/jwks.json", pool.id);
    assert_eq!(app.get(&documents).await.status, 404);
}

#[tokio::test]
async fn a_snapshot_is_taken_listed_restored_and_deleted() {
    let app = start().await;
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    let taken = post(&app, "/_poolhouse/snapshot?name=seeded").await;
    assert_eq!(taken["name"], "seeded");
    assert_eq!(taken["created_at"], "2026-11-03T04:05:06.000Z");
    assert!(taken["size_bytes"].as_u64().unwrap() > 0);
    let named = send(&app, Method::POST, "/_poolhouse/snapshot", "{}").await;
    assert_eq!(named.json()["name"], "default");
    post(&app, "/_poolhouse/reset").await;
    let body = r#"{"name": "seeded"}"#;
    let restored = send(&app, Method::POST, "/_poolhouse/restore", body).await;
    assert_eq!(restored.json(), taken);
    assert!(app.admin_get_user(&pool.id, "jane").await.is_ok());
    let list = app.get("/_poolhouse/snapshot").await.json();
    assert_eq!(list[1], taken);
    let path = "/_poolhouse/snapshot?name=seeded";
    assert_eq!(send(&app, Method::DELETE, path, "").await.status, 200);
    assert_eq!(send(&app, Method::DELETE, path, "").await.status, 404);
}

#[tokio::test]
async fn what_is_not_there_or_makes_no_sense_is_refused_with_a_text() {
    let app = start().await;
    let pool = app.pool().await;
    for (path, body, status, part) in [
        ("/_poolhouse/restore?name=never", "", 404, "named never"),
        ("/_poolhouse/restore", "", 404, "named default"),
        ("/_poolhouse/restore?name=a/b", "", 404, "named a/b"),
        ("/_poolhouse/snapshot?name=a/b", "", 400, "64 characters"),
        ("/_poolhouse/snapshot", "[", 400, "not a JSON object"),
        ("/_poolhouse/snapshot", r#"{"name": 1}"#, 400, "is a text"),
        ("/_poolhouse/reset?pool=nowhere", "", 404, "nowhere"),
        ("/_poolhouse/reset?pol=a", "", 400, "no argument \"pol\""),
        ("/_poolhouse/reset?pool=a&pool=b", "", 400, "twice"),
    ] {
        let answer = send(&app, Method::POST, path, body).await;
        assert_eq!(answer.status, status, "{path}");
        let text = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(text.contains(part), "{path}: {text}");
    }
    let huge = "a".repeat(2 * 1024 * 1024);
    let answer = send(&app, Method::POST, "/_poolhouse/reset", &huge).await;
    assert_eq!(answer.status, 413);
    let long = format!("/_poolhouse/snapshot?name={}", "a".repeat(20_000));
    assert_eq!(send(&app, Method::POST, &long, "").await.status, 400);
    assert!(app.service().pool(&pool.id).await.is_ok());
}

const CHANGES: [(Method, &str); 6] = [
    (Method::POST, "/_poolhouse/reset"),
    (Method::POST, "/_poolhouse/snapshot"),
    (Method::DELETE, "/_poolhouse/snapshot"),
    (Method::POST, "/_poolhouse/restore"),
    (Method::POST, "/_poolhouse/clock?advance=1h"),
    (Method::DELETE, "/_poolhouse/clock"),
];

#[tokio::test]
async fn s75_pages_of_other_sites_reset_restore_and_move_nothing() {
    let app = start().await;
    let pool = app.pool().await;
    let pages: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors")],
        &[
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ],
        &[("origin", "http://localhost:3000")],
        &[("origin", "null")],
    ];
    for (method, path) in CHANGES {
        for headers in pages {
            let mut request = Request::builder().method(&method).uri(path);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = app.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, 403, "{method} {path}");
            let mut names = answer.headers.keys();
            assert!(!names.any(|name| name.as_str().starts_with("access-control-")));
        }
        let preflight = Request::builder()
            .method(Method::OPTIONS)
            .uri(path)
            .header("origin", "http://localhost:3000")
            .header("access-control-request-method", method.as_str());
        let answer = app.send(preflight.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, 403, "preflight of {path}");
    }
    assert!(app.service().pool(&pool.id).await.is_ok());
    assert!(app.list_snapshots().is_empty());
    let clock = app.get("/_poolhouse/clock").await.json();
    assert_eq!(clock["ahead_ms"], 0);
}

#[tokio::test]
async fn s75_get_resets_restores_and_moves_nothing() {
    let app = start().await;
    let pool = app.pool().await;
    for (path, status) in [
        ("/_poolhouse/reset", 405),
        ("/_poolhouse/restore", 405),
        ("/_poolhouse/clock?advance=1h", 200),
        ("/_poolhouse/snapshot?name=a", 200),
    ] {
        assert_eq!(app.get(path).await.status, status, "{path}");
    }
    assert!(app.service().pool(&pool.id).await.is_ok());
    assert!(app.list_snapshots().is_empty());
    let clock = app.get("/_poolhouse/clock").await.json();
    assert_eq!(clock["ahead_ms"], 0);
}

#[tokio::test]
async fn outside_the_dev_profile_none_of_it_is_there() {
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    let pool = app.pool().await;
    for (method, path) in CHANGES {
        let answer = send(&app, method, path, "").await;
        assert_eq!(answer.status, 404, "{path}");
    }
    assert!(app.service().pool(&pool.id).await.is_ok());
}
