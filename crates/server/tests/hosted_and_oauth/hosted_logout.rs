//! Signing a browser out.

use poolhouse_testkit::{CALLBACK_URL, LOGOUT_URL, TestApp, TestClient};

use crate::browser::{Browser, authorize_path, parameter, query, start, start_with};

async fn house(app: &TestApp) -> TestClient {
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    app.public_client(&pool).await
}

async fn signed_in<'a>(app: &'a TestApp, client: &TestClient) -> Browser<'a> {
    let browser = Browser::new(app);
    browser.sign_in(&authorize_path(client, &[]), "jane").await;
    browser
}

fn logout_path(client: &TestClient, more: &[(&str, &str)]) -> String {
    let mut pairs = vec![("client_id", client.id.as_str())];
    pairs.extend_from_slice(more);
    format!("/logout?{}", query(&pairs))
}

async fn assert_signed_out(browser: &Browser<'_>, client: &TestClient) {
    assert_eq!(browser.cookie("cognito"), None);
    let answer = browser
        .get(&authorize_path(client, &[("prompt", "none")]))
        .await;
    assert!(answer.location().contains("login_required"));
}

#[tokio::test]
async fn a_registered_logout_uri_is_followed_and_the_session_is_over() {
    let app = start().await;
    let client = house(&app).await;
    let browser = signed_in(&app, &client).await;
    let cookie = format!(
        "cognito-{}={}",
        client.pool_id,
        browser.cookie("cognito").unwrap()
    );
    let answer = browser
        .get(&logout_path(&client, &[("logout_uri", LOGOUT_URL)]))
        .await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (302, LOGOUT_URL)
    );
    assert_signed_out(&browser, &client).await;
    let path = authorize_path(&client, &[("prompt", "none")]);
    let answer = app.get_with(&path, &[("cookie", &cookie)]).await;
    assert!(
        answer.location().contains("login_required"),
        "not by the old cookie either"
    );
}

#[tokio::test]
async fn a_redirect_uri_leads_to_the_sign_in_page_with_every_scope_of_the_client() {
    let app = start().await;
    let client = house(&app).await;
    let browser = signed_in(&app, &client).await;
    let more = [
        ("redirect_uri", CALLBACK_URL),
        ("response_type", "code"),
        ("state", "s"),
    ];
    let answer = browser.get(&logout_path(&client, &more)).await;
    assert!(answer.location().starts_with("/login?client_id="));
    let scope = parameter(answer.location(), "scope").unwrap();
    assert_eq!(
        scope,
        "openid email phone profile aws.cognito.signin.user.admin"
    );
    assert_eq!(parameter(answer.location(), "state").as_deref(), Some("s"));
    assert_eq!(browser.get(answer.location()).await.status, 200);
}

#[tokio::test]
async fn s15_no_other_url_is_followed_but_the_session_is_over_all_the_same() {
    let app = start().await;
    let client = house(&app).await;
    let missing = "Required String parameter 'redirect_uri' is not present";
    for (more, code, detail) in [
        (vec![], "invalid_request", missing),
        (
            vec![("logout_uri", "https://evil.example")],
            "invalid_request",
            missing,
        ),
        (
            vec![("logout_uri", "https://app.example.com/bye/")],
            "invalid_request",
            missing,
        ),
        (
            vec![("logout_uri", "//app.example.com/bye")],
            "invalid_request",
            missing,
        ),
        (
            vec![("logout_uri", CALLBACK_URL)],
            "invalid_request",
            missing,
        ),
        (
            vec![
                ("post_logout_redirect_uri", LOGOUT_URL),
                ("id_token_hint", "x.y.z"),
            ],
            "invalid_request",
            missing,
        ),
        (
            vec![
                ("redirect_uri", "https://evil.example"),
                ("response_type", "code"),
            ],
            "redirect_mismatch",
            "redirect_mismatch",
        ),
        (
            vec![("redirect_uri", CALLBACK_URL)],
            "invalid_request",
            "Required String parameter 'response_type' is not present",
        ),
    ] {
        let browser = signed_in(&app, &client).await;
        let answer = browser.get(&logout_path(&client, &more)).await;
        assert_eq!(answer.status, 302, "{more:?}");
        let start = format!("/error?error={code}&client_id={}", client.id);
        assert!(
            answer.location().starts_with(&start),
            "{}",
            answer.location()
        );
        let page = browser.get(answer.location()).await;
        assert_eq!(page.status, 400);
        let shown = detail.replace('\'', "&#39;");
        assert!(page.text().contains(&shown), "{more:?}: {}", page.text());
        assert!(page.text().contains("You are signed out."), "{more:?}");
        assert_signed_out(&browser, &client).await;
    }
}

#[tokio::test]
async fn without_a_known_client_nobody_is_signed_out() {
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    let client = house(&app).await;
    let browser = signed_in(&app, &client).await;
    let answer = browser.get("/logout").await;
    let page = browser.get(answer.location()).await;
    let detail = "Required String parameter &#39;client_id&#39; is not present";
    assert!(page.text().contains(detail), "{}", page.text());
    let answer = browser.get("/logout?client_id=nobody").await;
    let start = "/error?error=invalid_request&client_id=nobody&reference=";
    assert!(answer.location().starts_with(start));
    assert!(!answer.location().contains("signed_out"));
    let answer = browser.get(&authorize_path(&client, &[])).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
}

#[tokio::test]
async fn s51_an_address_alone_does_not_say_that_somebody_is_signed_out() {
    let app = start().await;
    let client = house(&app).await;
    let browser = signed_in(&app, &client).await;
    for client_id in [client.id.as_str(), "nobody"] {
        let path = format!("/error?error=invalid_request&client_id={client_id}&signed_out=true");
        let page = browser.get(&path).await;
        assert!(!page.text().contains("You are signed out."), "{client_id}");
    }
}

#[tokio::test]
async fn s13_a_repeated_parameter_is_refused() {
    let app = start().await;
    let client = house(&app).await;
    let browser = signed_in(&app, &client).await;
    let path = logout_path(
        &client,
        &[("logout_uri", LOGOUT_URL), ("logout_uri", LOGOUT_URL)],
    );
    let answer = browser.get(&path).await;
    assert!(
        answer
            .location()
            .starts_with("/error?error=invalid_request")
    );
}
