//! `/confirmUser`, the page that a link in a mail leads to.

use http::{Method, Request};
use poolhouse_model::EmailVerification;
use poolhouse_testkit::TestApp;
use url::Url;

use crate::browser::{query, start};

/// Signs a user up and gives back the path of the link that was sent.
async fn link(app: &TestApp) -> String {
    let pool = app
        .pool_with(|settings| settings.messages.email_verification = EmailVerification::Link)
        .await;
    let client = app.public_client(&pool).await;
    app.signed_up_user(&client, "alice", "alice@example.com")
        .await;
    let message = app.messages_to("alice@example.com").await.remove(0);
    let link = Url::parse(&message.link.unwrap()).unwrap();
    format!("{}?{}", link.path(), link.query().unwrap())
}

#[tokio::test]
async fn the_link_of_a_mail_confirms_and_says_so_each_time() {
    let app = start().await;
    let link = link(&app).await;
    for heading in [
        "Your registration has been confirmed!",
        "Your registration was already confirmed",
    ] {
        let page = app.get(&link).await;
        assert_eq!(page.status, 200);
        assert!(
            page.text().contains(&format!("<h1>{heading}</h1>")),
            "{}",
            page.text()
        );
        assert!(page.header("cache-control").unwrap().contains("no-store"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(page.header("x-frame-options"), Some("DENY"));
    }
}

#[tokio::test]
async fn the_page_speaks_the_language_of_the_browser_and_leads_to_the_sign_in() {
    let app = start().await;
    let link = link(&app).await;
    let page = app.get_with(&link, &[("accept-language", "de")]).await;
    let html = page.text();
    assert!(
        html.contains("<h1>Ihre Registrierung ist bestätigt!</h1>"),
        "{html}"
    );
    let (_, link) = html
        .split_once(r#"class="redirect-customizable" href=""#)
        .unwrap();
    let (link, _) = link.split_once('"').unwrap();
    let answer = app.get(&link.replace("&#38;", "&")).await;
    assert!(answer.location().starts_with("/login?client_id="), "{link}");
}

#[tokio::test]
async fn s54_a_mail_server_that_looks_at_a_link_confirms_nothing() {
    let app = start().await;
    let link = link(&app).await;
    for (method, status) in [
        (Method::HEAD, 200),
        (Method::POST, 405),
        (Method::OPTIONS, 405),
    ] {
        let request = Request::builder().method(method).uri(&link);
        let answer = app
            .send(request.body(axum::body::Body::empty()).unwrap())
            .await;
        assert_eq!(answer.status, status);
        assert!(answer.body.is_empty() || status == 405);
    }
    assert!(app.get(&link).await.text().contains("has been confirmed!"));
}

#[tokio::test]
async fn a_link_that_is_not_whole_or_not_ours_is_explained_and_confirms_nothing() {
    let app = start().await;
    let link = link(&app).await;
    let without = |name: &str| {
        let (path, query) = link.split_once('?').unwrap();
        let kept = query.split('&').filter(|pair| !pair.starts_with(name));
        format!("{path}?{}", kept.collect::<Vec<_>>().join("&"))
    };
    for bad in [
        "/confirmUser".to_owned(),
        without("client_id"),
        without("user_name"),
        without("confirmation_code"),
        format!("{link}x"),
        link[..link.len() - 1].to_owned(),
        format!("{link}&confirmation_code=1"),
        format!("{link}&user_name=bob"),
        link.replace("user_name=alice", "user_name=bob"),
        format!("/confirmUser?{}", "a".repeat(60_000)),
    ] {
        let page = app.get(&bad).await;
        assert_eq!(page.status, 400, "{bad:.200}");
        assert!(
            page.text().contains("<h1>This link is not valid</h1>"),
            "{bad:.200}"
        );
    }
    assert!(app.get(&link).await.text().contains("has been confirmed!"));
}

#[tokio::test]
async fn s51_nothing_of_the_link_is_shown() {
    let app = start().await;
    let hostile = "\"'><script>alert(1)</script>";
    let pairs = ["client_id", "user_name", "confirmation_code", "lang"].map(|name| (name, hostile));
    let page = app.get(&format!("/confirmUser?{}", query(&pairs))).await;
    assert_eq!(page.status, 400);
    assert!(!page.text().contains("alert(1)"), "{}", page.text());
}
