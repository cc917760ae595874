//! The error page.

use poolhouse_testkit::{CALLBACK_URL, LOGOUT_URL};

use crate::browser::{Browser, authorize_path, query, start, start_with};

#[tokio::test]
async fn the_dev_profile_shows_the_received_and_the_registered_redirect_uri() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let more = [("redirect_uri", "https://app.example.com/callback/")];
    let browser = Browser::new(&app);
    let answer = browser.get(&authorize_path(&client, &more)).await;
    let page = browser.get(answer.location()).await;
    assert_eq!(page.status, 400);
    let html = page.text();
    for part in [
        "An error was encountered with the requested page.",
        ">redirect_mismatch<",
        "<code>https://app.example.com/callback<mark>/</mark></code>",
        "<code>https://app.example.com/callback</code>",
        "a slash too much at the end",
        "How to mend it",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let refused = answer.header("x-amz-cognito-request-id").unwrap();
    assert!(
        html.contains(refused),
        "the page refers to the request that was refused"
    );
}

#[tokio::test]
async fn a_reference_that_is_no_id_is_replaced_by_that_of_the_request_for_the_page() {
    let app = start().await;
    for carried in [
        "",
        "Call-555-0100",
        "%3Cb%3E",
        "41d5e9cb-a290-42b5-8485-8e886a01ca6",
        "41d5e9cb-a290-42b5-8485-8e886a01ca64&reference=41d5e9cb-a290-42b5-8485-8e886a01ca64",
    ] {
        let page = app
            .get(&format!("/error?error=invalid_request&reference={carried}"))
            .await;
        let own = page.header("x-amz-cognito-request-id").unwrap();
        assert!(page.text().contains(own), "{carried}");
    }
}

#[tokio::test]
async fn the_dev_profile_tells_which_rule_failed() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let id = client.id.as_str();
    let browser = Browser::new(&app);
    for (path, text) in [
        ("/login".to_owned(), "client_id&#39; is not present"),
        (
            "/login?client_id=nobody".to_owned(),
            "The client is unknown.",
        ),
        (
            format!("/login?client_id={id}&client_id={id}"),
            "sent more than once",
        ),
        (
            format!("/login?{}", "a&".repeat(101)),
            "more than 100 parameters",
        ),
        (
            format!("/logout?client_id={id}"),
            "redirect_uri&#39; is not present",
        ),
        (
            format!(
                "/logout?{}",
                query(&[("client_id", id), ("logout_uri", "https://x.example")])
            ),
            "The logout_uri is not registered for the client.",
        ),
    ] {
        let answer = browser.get(&path).await;
        let page = browser.get(answer.location()).await;
        assert!(page.text().contains(text), "{text} in {}", page.text());
    }
    let path = format!(
        "/logout?{}",
        query(&[("client_id", id), ("logout_uri", CALLBACK_URL)])
    );
    let answer = browser.get(&path).await;
    let page = browser.get(answer.location()).await;
    let html = page.text();
    let registered = html.replace("<mark>", "").replace("</mark>", "");
    assert!(registered.contains(&format!("<code>{LOGOUT_URL}</code>")));
}

#[tokio::test]
async fn other_profiles_say_what_the_service_says_and_no_more() {
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let path = format!(
        "/error?error=redirect_mismatch&client_id={}&redirect_uri=https%3A%2F%2Fx.example",
        client.id
    );
    let page = app.get(&path).await;
    assert_eq!(page.status, 400);
    assert!(page.text().contains(">redirect_mismatch<"));
    assert!(!page.text().contains(CALLBACK_URL) && !page.text().contains("x.example"));
    assert!(!page.text().contains("How to mend it"));
}

#[tokio::test]
async fn s51_nobody_can_put_words_or_markup_on_the_page() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let payload = r#"<script>alert(1)</script>"'><img src=x onerror=alert(2)>"#;
    for name in [
        "error",
        "error_description",
        "client_id",
        "state",
        "code",
        "x",
    ] {
        let page = app
            .get(&format!("/error?{}", query(&[(name, payload)])))
            .await;
        assert_eq!(page.status, 400);
        let html = page.text();
        assert!(!html.contains("alert(1)"), "{name}: {html}");
        assert!(html.contains(">invalid_request<"));
    }
    let lure = "Your account is locked. Call 555-0100.";
    let pairs = [("error", "invalid_request"), ("error_description", lure)];
    let page = app.get(&format!("/error?{}", query(&pairs))).await;
    assert!(!page.text().contains("555-0100"));

    // The one value that is shown as it came, escaped, and in the dev profile only.
    let pairs = [
        ("error", "redirect_mismatch"),
        ("client_id", client.id.as_str()),
        ("redirect_uri", payload),
    ];
    let page = app.get(&format!("/error?{}", query(&pairs))).await;
    assert!(
        page.text().contains("&#60;script&#62;alert(1)"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("<script") && !page.text().contains("<img"));
}
