//! The inbox, as people and test suites use it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::Request;
use poolhouse_testkit::{TestApp, TestClient};
use serde_json::Value;

use crate::browser::{Browser, SignInForm, start};

async fn house(app: &TestApp) -> TestClient {
    let pool = app.pool().await;
    app.public_client(&pool).await
}

async fn list(app: &TestApp, query: &str) -> Vec<Value> {
    let answer = app.get(&format!("/_poolhouse/inbox{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json().as_array().unwrap().clone()
}

#[tokio::test]
async fn programs_read_messages_newest_first_with_every_member() {
    let app = start().await;
    let client = house(&app).await;
    assert!(list(&app, "").await.is_empty());
    app.signed_up_user(&client, "ann", "ann@example.com").await;
    app.signed_up_user(&client, "bob", "bob@example.com").await;
    let all = list(&app, "").await;
    assert_eq!(all.len(), 2);
    assert_eq!(
        (&all[0]["to"], &all[1]["to"]),
        (&"bob@example.com".into(), &"ann@example.com".into())
    );
    let names: Vec<&String> = all[0].as_object().unwrap().keys().collect();
    let mut expected = [
        "id",
        "channel",
        "to",
        "subject",
        "body",
        "text",
        "code",
        "link",
        "temporary_password",
        "created_at",
        "sent_at",
        "last_error",
    ];
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!(all[0]["channel"], "email");
    assert_eq!(all[0]["code"].as_str().unwrap().len(), 6);
    assert_eq!(all[0]["created_at"], "2026-11-03T04:05:06.000Z");
    assert!(all[0]["link"].is_null() && all[0]["temporary_password"].is_null());

    let ann = list(&app, "?to=ann%40example.com").await;
    assert_eq!(ann, [all[1].clone()]);
    let after = format!("?after={}", all[1]["id"].as_str().unwrap());
    assert_eq!(list(&app, &after).await, [all[0].clone()]);
}

#[tokio::test]
async fn a_plus_that_arrives_as_a_blank_finds_its_message() {
    let app = start().await;
    let client = house(&app).await;
    app.signed_up_user(&client, "ann", "ann+test@example.com")
        .await;
    for query in ["?to=ann+test@example.com", "?to=ann%2Btest%40example.com"] {
        assert_eq!(list(&app, query).await.len(), 1, "{query}");
    }
}

#[tokio::test]
async fn who_waits_gets_the_message_that_comes_meanwhile() {
    let app = Arc::new(start().await);
    let client = house(&app).await;
    let waiting = tokio::spawn({
        let app = Arc::clone(&app);
        async move { list(&app, "?to=ann@example.com&wait=30").await }
    });
    tokio::time::sleep(Duration::from_millis(50)).await;
    app.signed_up_user(&client, "ann", "ann@example.com").await;
    let found = tokio::time::timeout(Duration::from_secs(10), waiting).await;
    assert_eq!(found.unwrap().unwrap().len(), 1);
}

#[tokio::test]
async fn who_waits_in_vain_gets_an_empty_list() {
    let app = start().await;
    assert!(list(&app, "?wait=1").await.is_empty());
    assert_eq!(app.get("/_poolhouse/inbox?wait=long").await.status, 400);
}

#[tokio::test]
async fn browsers_get_a_page_where_hostile_text_is_only_text() {
    let app = start().await;
    let pool = app
        .pool_with(|settings| {
            let text = "<script>alert(1)</script> {####}".to_owned();
            settings.messages.verification_email_body = Some(text);
        })
        .await;
    let client = app.public_client(&pool).await;
    app.signed_up_user(&client, "ann", "ann@example.com").await;
    let accept = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    let page = app.get_with("/_poolhouse/inbox", &accept).await;
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(page.text().contains("ann@example.com"));
    assert!(!page.text().contains("<script"));
}

#[tokio::test]
async fn delete_empties_the_inbox_or_one_recipients_part() {
    let app = start().await;
    let client = house(&app).await;
    app.signed_up_user(&client, "ann", "ann@example.com").await;
    app.signed_up_user(&client, "bob", "bob@example.com").await;
    for (path, left) in [
        ("/_poolhouse/inbox?to=ann@example.com", 1),
        ("/_poolhouse/inbox", 0),
    ] {
        let request = Request::delete(path).body(Body::empty()).unwrap();
        assert_eq!(app.send(request).await.status, 204);
        assert_eq!(list(&app, "").await.len(), left);
    }
}

#[tokio::test]
async fn s54_the_button_of_the_page_empties_the_inbox() {
    let app = start().await;
    let client = house(&app).await;
    app.signed_up_user(&client, "ann", "ann@example.com").await;
    let browser = Browser::new(&app);
    let accept = [("accept", "text/html")];
    let own_page = [("sec-fetch-site", "same-origin"), ("origin", "null")];
    let empty = "/_poolhouse/inbox/empty";
    let refused = browser.post_with(empty, &[], &own_page).await;
    assert_eq!(refused.status, 403, "the token of the browser is missing");
    let page = browser.get_with("/_poolhouse/inbox", &accept).await;
    let form = SignInForm::of(&page);
    assert_eq!(form.action, empty);
    let pairs = [("_csrf", form.csrf.as_str())];
    let answer = browser.post_with(empty, &pairs, &own_page).await;
    assert_eq!(answer.location(), "/_poolhouse/inbox");
    assert!(list(&app, "").await.is_empty());
}
