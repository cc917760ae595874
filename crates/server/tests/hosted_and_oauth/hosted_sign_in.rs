//! The sign-in page.

use poolhouse_model::{ContactAttribute, UserPool};
use poolhouse_testkit::{CALLBACK_URL, PASSWORD, TestApp, TestClient};

use crate::browser::{Browser, authorize_path, start};

async fn house(app: &TestApp) -> (UserPool, TestClient) {
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    (pool, client)
}

/// The sign-in page, entered directly as bookmarks do.
fn login_path(client: &TestClient, more: &[(&str, &str)]) -> String {
    authorize_path(client, more).replace("/oauth2/authorize", "/login")
}

#[tokio::test]
async fn the_page_can_be_entered_directly() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let page = browser.get(&login_path(&client, &[])).await;
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let answer = browser
        .sign_in_at(&login_path(&client, &[("state", "s")]), "jane", PASSWORD)
        .await;
    assert!(
        answer
            .location()
            .starts_with(&format!("{CALLBACK_URL}?code="))
    );
    assert!(answer.location().ends_with("&state=s"));
}

#[tokio::test]
async fn s21_a_posted_password_is_answered_by_302() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let answer = Browser::new(&app)
        .sign_in_at(&login_path(&client, &[]), "jane", PASSWORD)
        .await;
    assert_eq!(answer.status, 302);
    assert!(answer.body.is_empty());
}

#[tokio::test]
async fn a_wrong_password_shows_the_page_again_with_the_typed_name() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let page = browser
        .sign_in_at(&login_path(&client, &[]), "jane", "wrong")
        .await;
    assert_eq!(page.status, 200);
    let html = page.text();
    assert!(html.contains(r#"role="alert">Incorrect username or password.</p>"#));
    assert!(html.contains(r#"value="jane""#));
    assert!(!html.contains("wrong\""), "the password never comes back");
    assert_eq!(browser.cookie("cognito"), None);
}

#[tokio::test]
async fn who_must_reset_the_password_is_led_to_where_that_is_done() {
    let app = start().await;
    let (pool, client) = house(&app).await;
    app.reachable_user(&pool, "reset").await;
    app.demand_reset(&pool, "reset").await.unwrap();
    let browser = Browser::new(&app);
    let answer = browser
        .sign_in_at(&login_path(&client, &[]), "reset", PASSWORD)
        .await;
    assert_eq!(answer.status, 302);
    let location = answer.location();
    assert!(
        location.starts_with("/forgotPassword?client_id="),
        "{location}"
    );
    let page = browser.get(location).await;
    let text = r#"role="status">Your password must be reset before you can sign in.</p>"#;
    assert!(page.text().contains(text), "{}", page.text());
    assert!(page.text().contains(r#"value="reset""#));
    assert_eq!(browser.cookie("cognito"), None);
    // It is said once.
    assert!(
        !browser
            .get(location)
            .await
            .text()
            .contains("role=\"status\"")
    );
}

#[tokio::test]
async fn s34_unknown_users_read_as_wrong_passwords_where_the_client_hides_them() {
    let app = start().await;
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    let (discreet, open) = (
        app.discreet_client(&pool).await,
        app.public_client(&pool).await,
    );
    let mut pages = Vec::new();
    for name in ["jane", "nobody"] {
        let page = Browser::new(&app)
            .sign_in_at(&login_path(&discreet, &[]), name, "wrong")
            .await;
        assert_eq!(page.status, 200);
        let csrf = crate::browser::SignInForm::of(&page).csrf;
        pages.push(page.text().replace(name, "NAME").replace(&csrf, "CSRF"));
    }
    assert_eq!(pages[0], pages[1]);
    let page = Browser::new(&app)
        .sign_in_at(&login_path(&open, &[]), "nobody", "wrong")
        .await;
    assert!(page.text().contains("User does not exist."));
}

#[tokio::test]
async fn s36_the_lock_of_a_name_is_told() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let path = login_path(&client, &[]);
    for _ in 0..6 {
        browser.sign_in_at(&path, "jane", "wrong").await;
    }
    let page = browser.sign_in_at(&path, "jane", PASSWORD).await;
    assert!(page.text().contains("Password attempts exceeded"));
    assert!(
        !page.text().contains("aria-invalid"),
        "what was typed may be right"
    );
}

#[tokio::test]
async fn a_user_whose_state_forbids_the_sign_in_is_told_why() {
    let app = start().await;
    let (pool, client) = house(&app).await;
    app.user(&pool, "disabled").await;
    app.disable(&pool, "disabled").await;
    let page = Browser::new(&app)
        .sign_in_at(&login_path(&client, &[]), "disabled", PASSWORD)
        .await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("User is disabled."), "{}", page.text());
}

#[tokio::test]
async fn a_setting_that_would_be_skipped_is_named() {
    let app = start().await;
    let pool = app
        .pool_with(|settings| settings.mfa = poolhouse_model::MfaRequirement::On)
        .await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let page = Browser::new(&app)
        .sign_in_at(&login_path(&client, &[]), "jane", PASSWORD)
        .await;
    assert!(page.text().contains("MFA"), "{}", page.text());
}

#[tokio::test]
async fn the_hint_fills_in_the_name() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let path = login_path(&client, &[("login_hint", "jane@example.com")]);
    let page = app.get(&path).await;
    assert!(page.text().contains(r#"value="jane@example.com""#));
}

#[tokio::test]
async fn the_label_says_what_a_user_of_the_pool_types() {
    use ContactAttribute::{Email, PhoneNumber};
    let app = start().await;
    for (attributes, label) in [
        (vec![], ">Username</label>"),
        (vec![Email], ">Email</label>"),
        (vec![PhoneNumber], ">Phone number</label>"),
        (vec![Email, PhoneNumber], ">Email or phone number</label>"),
    ] {
        let pool = app
            .pool_with(|settings| settings.username_attributes = attributes)
            .await;
        let client = app.public_client(&pool).await;
        let page = app.get(&login_path(&client, &[])).await;
        assert!(page.text().contains(label), "{label}");
    }
}

#[tokio::test]
async fn s51_reflected_values_are_escaped_wherever_they_are_shown() {
    let app = start().await;
    let pool = app.pool().await;
    let payload = r#""><script>alert(1)</script><img src=x onerror=alert(2)>'"#;
    let client = app
        .client_with(&pool, |request| request.name = payload.to_owned())
        .await;
    for name in [
        "state",
        "login_hint",
        "lang",
        "nonce",
        "x",
        "error_description",
    ] {
        let browser = Browser::new(&app);
        let path = login_path(&client, &[(name, payload)]);
        let shown = browser.get(&path).await;
        let again = browser.sign_in_at(&path, payload, "wrong").await;
        for page in [shown, again] {
            assert_eq!(page.status, 200);
            let html = page.text();
            assert!(
                !html.contains("<script") && !html.contains("<img"),
                "{name}: {html}"
            );
        }
    }
}

#[tokio::test]
async fn s38_a_password_is_posted_whole() {
    let app = start().await;
    let (pool, client) = house(&app).await;
    let password = " Ünïcødé+%20&=1 aB\"<".to_owned() + &"x".repeat(100);
    app.set_password(&pool, "jane", &password).await;
    let path = login_path(&client, &[]);
    let trimmed = Browser::new(&app)
        .sign_in_at(&path, "jane", password.trim())
        .await;
    assert_eq!(trimmed.status, 200);
    let answer = Browser::new(&app)
        .sign_in_at(&path, "jane", &password)
        .await;
    assert_eq!(answer.status, 302, "{}", answer.text());
}

#[tokio::test]
async fn a_signed_in_browser_does_not_see_the_page() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    browser
        .sign_in_at(&login_path(&client, &[]), "jane", PASSWORD)
        .await;
    let answer = browser.get(&login_path(&client, &[])).await;
    assert!(
        answer
            .location()
            .starts_with(&format!("{CALLBACK_URL}?code="))
    );
}
