//! Forms that this server did not give to the browser that posts them.

use poolhouse_testkit::{PASSWORD, TestApp, TestClient};

use crate::browser::{Browser, SignInForm, authorize_path, start};

async fn house(app: &TestApp) -> (TestClient, String) {
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    let client = app.public_client(&pool).await;
    let path = authorize_path(&client, &[]).replace("/oauth2/authorize", "/login");
    (client, path)
}

fn right_password(csrf: &str) -> [(&str, &str); 3] {
    [
        ("_csrf", csrf),
        ("username", "jane"),
        ("password", PASSWORD),
    ]
}

#[tokio::test]
async fn s54_a_form_without_the_token_of_its_browser_signs_nobody_in() {
    let app = start().await;
    let (client, path) = house(&app).await;
    let victim = Browser::new(&app);
    let own = SignInForm::of(&victim.get(&path).await).csrf;
    let attacker = SignInForm::of(&Browser::new(&app).get(&path).await).csrf;
    assert_ne!(own, attacker);

    let without = [("username", "jane"), ("password", PASSWORD)];
    let twice = [
        ("_csrf", own.as_str()),
        ("_csrf", own.as_str()),
        without[0],
        without[1],
    ];
    for form in [
        without.to_vec(),
        right_password("").to_vec(),
        right_password(&attacker).to_vec(),
        right_password(&own[..35]).to_vec(),
        twice.to_vec(),
    ] {
        let page = victim.post(&path, &form).await;
        assert_eq!(page.status, 403);
        let html = page.text();
        assert!(
            html.contains("Nothing was sent: please try again"),
            "{html}"
        );
        assert!(html.contains(r#"value="jane""#), "what was typed is kept");
        assert_eq!(victim.cookie("cognito"), None);
        let form = SignInForm::of(&page);
        assert_eq!(form.csrf, own, "the page is no dead end");
    }
    // Without any cookie, as from a browser that blocks them or a form of another site.
    let page = app.post_form(&path, &right_password(&attacker)).await;
    assert_eq!(page.status, 403);

    let cookie = format!("XSRF-TOKEN-9229-{}=", client.pool_id);
    let empty = [("cookie", cookie.as_str())];
    let page = app.post_form_with(&path, &right_password(""), &empty).await;
    assert_eq!(page.status, 403, "an empty cookie equals an empty field");
    assert_eq!(victim.post(&path, &right_password(&own)).await.status, 302);
}

#[tokio::test]
async fn s54_a_planted_cookie_does_not_help_a_form_of_another_site() {
    let app = start().await;
    let (client, path) = house(&app).await;
    let token = "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64";
    let cookie = format!("XSRF-TOKEN-9229-{}={token}", client.pool_id);
    for (site, status) in [
        ("cross-site", 403),
        ("same-site", 403),
        ("same-origin", 302),
        ("none", 302),
    ] {
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", site)];
        let answer = app
            .post_form_with(&path, &right_password(token), &headers)
            .await;
        assert_eq!(answer.status, status, "{site}");
    }
}

#[tokio::test]
async fn the_field_of_managed_login_is_taken_too() {
    let app = start().await;
    let (_, path) = house(&app).await;
    let browser = Browser::new(&app);
    let token = SignInForm::of(&browser.get(&path).await).csrf;
    let form = [
        ("csrf", token.as_str()),
        ("username", "jane"),
        ("password", PASSWORD),
    ];
    assert_eq!(browser.post(&path, &form).await.status, 302);
}

#[tokio::test]
async fn a_second_tab_does_not_spoil_the_first() {
    let app = start().await;
    let (_, path) = house(&app).await;
    let browser = Browser::new(&app);
    let first = SignInForm::of(&browser.get(&path).await);
    browser.get(&path).await;
    let answer = browser
        .post(&first.action, &right_password(&first.csrf))
        .await;
    assert_eq!(answer.status, 302);
}

#[tokio::test]
async fn s54_the_token_is_another_after_the_sign_in() {
    let app = start().await;
    let (_, path) = house(&app).await;
    let browser = Browser::new(&app);
    browser.sign_in_at(&path, "jane", "wrong").await;
    let before = browser.cookie("XSRF-TOKEN").unwrap();
    browser.sign_in_at(&path, "jane", PASSWORD).await;
    assert_ne!(browser.cookie("XSRF-TOKEN").unwrap(), before);
}

#[tokio::test]
async fn s54_name_and_password_in_the_address_sign_nobody_in() {
    let app = start().await;
    let (_, path) = house(&app).await;
    let browser = Browser::new(&app);
    let token = SignInForm::of(&browser.get(&path).await).csrf;
    let credentials = crate::browser::query(&right_password(&token));
    let page = browser.get(&format!("{path}&{credentials}")).await;
    assert_eq!(page.status, 200);
    assert_eq!(browser.cookie("cognito"), None);
}

#[tokio::test]
async fn a_script_that_only_keeps_cookies_and_finds_the_field_gets_in() {
    let app = start().await;
    let (_, path) = house(&app).await;
    let page = app.get(&path).await;
    let (_, rest) = page.text().split_once(r#"name="_csrf" value=""#).unwrap();
    let token = rest.split('"').next().unwrap();
    let cookies = page.cookies().join("; ");
    let headers = [("cookie", cookies.as_str())];
    let answer = app
        .post_form_with(&path, &right_password(token), &headers)
        .await;
    assert_eq!(answer.status, 302);
}
