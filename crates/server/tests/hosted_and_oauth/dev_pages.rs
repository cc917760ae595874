//! The start page, and who may use what lies under `/_poolhouse/`.

use axum::body::Body;
use http::{Method, Request};
use poolhouse_testkit::{CALLBACK_URL, TestApp};

use crate::browser::{start, start_with};

#[tokio::test]
async fn the_start_page_shows_pools_clients_and_where_to_sign_in() {
    let app = start().await;
    let empty = app.get("/_poolhouse/").await;
    assert!(empty.text().contains("No user pool yet"));
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let page = app.get("/_poolhouse/").await;
    assert_eq!(page.status, 200);
    let html = page.text();
    for part in [
        pool.id.as_str(),
        client.id.as_str(),
        CALLBACK_URL,
        "/_poolhouse/inbox",
        &format!("/_poolhouse/playground?client_id={}", client.id),
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let (_, rest) = html.split_once("href=\"/oauth2/authorize").unwrap();
    let link = rest.split('"').next().unwrap().replace("&#38;", "&");
    let answer = app.get(&format!("/oauth2/authorize{link}")).await;
    assert!(answer.location().starts_with("/login?"), "the link works");
}

#[tokio::test]
async fn an_answer_for_an_app_client_that_is_not_there_is_told_on_a_page() {
    let app = start().await;
    let answer = app.get("/_poolhouse/callback/nobody?code=x").await;
    assert_eq!(answer.status, 404);
    let html = answer.text();
    assert!(html.contains("<h1>Not there</h1>"), "{html}");
    assert!(html.contains("nobody"), "{html}");
}

#[tokio::test]
async fn outside_the_dev_profile_only_health_is_there() {
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    for path in [
        "/_poolhouse/",
        "/_poolhouse/inbox",
        "/_poolhouse/callback/x",
    ] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
    let post = app.post_form("/_poolhouse/inbox/empty", &[]).await;
    assert_eq!(post.status, 404);
    assert_eq!(app.get("/_poolhouse/health").await.status, 200);
}

async fn send(app: &TestApp, method: &Method, path: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = app.send(request.body(Body::empty()).unwrap()).await;
    let open = answer.headers.keys();
    let open = open.filter(|name| name.as_str().starts_with("access-control-"));
    assert_eq!(open.count(), 0, "{path} has no CORS");
    answer.status.as_u16()
}

#[tokio::test]
async fn s75_pages_of_other_sites_cannot_use_the_developers_pages() {
    let app = start().await;
    for path in ["/_poolhouse/", "/_poolhouse/inbox", "/_poolhouse/health"] {
        for site in ["cross-site", "same-site"] {
            for method in [Method::GET, Method::DELETE, Method::POST, Method::OPTIONS] {
                let headers = [("sec-fetch-site", site), ("sec-fetch-mode", "cors")];
                assert_eq!(
                    send(&app, &method, path, &headers).await,
                    403,
                    "{method} {path}"
                );
            }
        }
        let old_browser = [("origin", "https://evil.example")];
        assert_eq!(send(&app, &Method::GET, path, &old_browser).await, 403);
        assert_eq!(send(&app, &Method::GET, path, &[]).await, 200);
    }
    let form = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
        ("origin", "https://evil.example"),
    ];
    let status = send(&app, &Method::POST, "/_poolhouse/inbox/empty", &form).await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn s75_a_host_that_is_none_of_ours_is_421_on_every_path() {
    let app = start().await;
    for path in [
        "/_poolhouse/",
        "/_poolhouse/inbox",
        "/oauth2/token",
        "/login",
        "/error",
    ] {
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
        ] {
            let status = send(&app, &Method::GET, path, &[("host", host)]).await;
            assert_eq!(status, 421, "{host} {path}");
        }
    }
}

#[tokio::test]
async fn s75_get_changes_nothing() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.signed_up_user(&client, "jane", "jane@example.com")
        .await;
    for path in [
        "/_poolhouse/inbox/empty",
        "/_poolhouse/inbox?delete",
        "/_poolhouse/",
    ] {
        app.get(path).await;
    }
    assert_eq!(app.messages_to("jane@example.com").await.len(), 1);
}

#[tokio::test]
async fn the_address_of_the_start_page_is_found_without_its_slash() {
    let app = start().await;
    let answer = app.get("/_poolhouse").await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (302, "/_poolhouse/")
    );
}
