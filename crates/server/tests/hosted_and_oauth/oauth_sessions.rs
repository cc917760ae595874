//! Browsers that are signed in, and what applications ask of them.

use poolhouse_model::{Ttl, UserPool};
use poolhouse_testkit::{CALLBACK_URL, TestApp, TestClient};

use crate::browser::{Browser, authorize_path, parameter, start};
use crate::tokens::{claims, exchange, text};

async fn house(app: &TestApp) -> (UserPool, TestClient) {
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    (pool, client)
}

#[tokio::test]
async fn s20_a_signed_in_browser_goes_back_at_once_and_none_asks_no_more() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    browser.sign_in(&authorize_path(&client, &[]), "jane").await;
    for more in [vec![], vec![("prompt", "none")], vec![("max_age", "3600")]] {
        let answer = browser.get(&authorize_path(&client, &more)).await;
        let is_code = answer
            .location()
            .starts_with(&format!("{CALLBACK_URL}?code="));
        assert!(is_code, "{more:?}: {}", answer.location());
    }
    let stranger = Browser::new(&app);
    let answer = stranger
        .get(&authorize_path(&client, &[("prompt", "none")]))
        .await;
    assert_eq!(
        answer.location(),
        format!("{CALLBACK_URL}?error=login_required")
    );
}

#[tokio::test]
async fn s20_login_and_max_age_force_a_new_sign_in_and_auth_time_says_so() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    browser.sign_in(&authorize_path(&client, &[]), "jane").await;
    let first_cookie = browser.cookie("cognito-").unwrap();
    let signed_in_at = app.now().as_secs();
    app.clock.advance(Ttl::from_minutes(2));

    let silent = browser.get(&authorize_path(&client, &[])).await;
    let code = parameter(silent.location(), "code").unwrap();
    let tokens = exchange(&app, &client, &code, &[]).await.json();
    assert_eq!(claims(text(&tokens, "id_token"))["auth_time"], signed_in_at);

    for more in [("prompt", "login"), ("max_age", "60"), ("max_age", "0")] {
        let answer = browser.get(&authorize_path(&client, &[more])).await;
        assert!(answer.location().starts_with("/login?"), "{more:?}");
        let page = browser.get(answer.location()).await;
        assert_eq!(
            page.status, 200,
            "the page does not send the browser back: {more:?}"
        );
    }
    let location = browser
        .sign_in(&authorize_path(&client, &[("prompt", "login")]), "jane")
        .await;
    let code = parameter(&location, "code").unwrap();
    let tokens = exchange(&app, &client, &code, &[]).await.json();
    assert_eq!(
        claims(text(&tokens, "id_token"))["auth_time"],
        app.now().as_secs()
    );
    assert_ne!(browser.cookie("cognito-").unwrap(), first_cookie);
}

#[tokio::test]
async fn a_session_lasts_an_hour_from_the_sign_in_and_does_not_slide() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    browser.sign_in(&authorize_path(&client, &[]), "jane").await;
    app.clock.advance(Ttl::from_minutes(59));
    let answer = browser.get(&authorize_path(&client, &[])).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
    app.clock.advance(Ttl::from_minutes(1));
    let answer = browser.get(&authorize_path(&client, &[])).await;
    assert!(answer.location().starts_with("/login?"));
}

#[tokio::test]
async fn a_session_holds_for_every_client_of_its_pool_and_for_no_other_pool() {
    let app = start().await;
    let (pool, client) = house(&app).await;
    let (other_pool, other_client) = house(&app).await;
    assert_ne!(pool.id, other_pool.id);
    let sibling = app.public_client(&pool).await;
    let browser = Browser::new(&app);
    browser.sign_in(&authorize_path(&client, &[]), "jane").await;
    let answer = browser.get(&authorize_path(&sibling, &[])).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
    let answer = browser.get(&authorize_path(&other_client, &[])).await;
    assert!(answer.location().starts_with("/login?"));
}

#[tokio::test]
async fn s30_a_new_password_ends_the_session_of_every_browser() {
    let app = start().await;
    let (pool, client) = house(&app).await;
    let browser = Browser::new(&app);
    browser.sign_in(&authorize_path(&client, &[]), "jane").await;
    app.set_password(&pool, "jane", "An0ther-Passw0rd!").await;
    let answer = browser.get(&authorize_path(&client, &[])).await;
    assert!(answer.location().starts_with("/login?"));
}

#[tokio::test]
async fn s53_a_second_sign_in_ends_the_browsers_first_session() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    browser.sign_in(&authorize_path(&client, &[]), "jane").await;
    let name_and_value = format!(
        "cognito-{}={}",
        client.pool_id,
        browser.cookie("cognito-").unwrap()
    );
    browser
        .sign_in(&authorize_path(&client, &[("prompt", "login")]), "jane")
        .await;
    let path = authorize_path(&client, &[("prompt", "none")]);
    let answer = app.get_with(&path, &[("cookie", &name_and_value)]).await;
    assert_eq!(
        parameter(answer.location(), "error").as_deref(),
        Some("login_required")
    );
}

#[tokio::test]
async fn hostile_session_cookies_are_no_session() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let path = authorize_path(&client, &[("prompt", "none")]);
    for value in ["", "x", "' OR 1=1 --", &"A".repeat(43), &"A".repeat(7000)] {
        let cookie = format!("cognito-{}={value}", client.pool_id);
        let answer = app.get_with(&path, &[("cookie", &cookie)]).await;
        assert_eq!(
            parameter(answer.location(), "error").as_deref(),
            Some("login_required")
        );
    }
}
