//! The page that sets an authenticator app up.

use poolhouse_model::{MfaRequirement, SecretString, Ttl};
use poolhouse_testkit::{
    CALLBACK_URL, DoorAnswer, PASSWORD, TestApp, TestAuthenticator, TestClient,
};

use crate::browser::{Browser, page_path, start};

async fn house(app: &TestApp) -> TestClient {
    let pool = app.mfa_pool(MfaRequirement::On).await;
    app.user(&pool, "jane").await;
    app.public_client(&pool).await
}

/// Proves the password; gives the path of the page that sets an app up.
async fn prove_password(browser: &Browser<'_>, client: &TestClient) -> String {
    let path = page_path("/login", client, &[("state", "s")]);
    let answer = browser.sign_in_at(&path, "jane", PASSWORD).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    let path = answer.location().to_owned();
    assert!(path.starts_with("/mfaSetup?client_id="), "{path}");
    path
}

/// The key as a person types it off the page.
fn typed_key(page: &DoorAnswer) -> SecretString {
    let html = page.text();
    let (_, rest) = html.split_once(r#"<code class="key">"#).unwrap();
    SecretString::new(rest.split_once('<').unwrap().0.replace(' ', ""))
}

#[tokio::test]
async fn s44_the_key_of_the_page_and_a_right_code_lead_to_the_application() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let page = browser.get(&path).await;
    assert_eq!(page.status, 200);
    let key = typed_key(&page);
    assert_eq!(typed_key(&browser.get(&path).await).expose(), key.expose());
    let authenticator = TestAuthenticator::of(&key);
    let wrong = browser
        .submit(&path, &[("totpCode", &authenticator.wrong_code(&app))])
        .await;
    assert!(
        wrong.text().contains("That code does not fit."),
        "{}",
        wrong.text()
    );
    assert_eq!(typed_key(&wrong).expose(), key.expose());
    assert_eq!(browser.cookie("cognito"), None);
    let answer = browser
        .submit(&path, &[("totpCode", &authenticator.code(&app))])
        .await;
    let location = answer.location();
    assert!(
        location.starts_with(&format!("{CALLBACK_URL}?code=")),
        "{location}"
    );
    assert_eq!(browser.cookie("page-data"), None);
    // The key is never told again, and its codes are asked for from now on.
    assert!(browser.get(&path).await.location().starts_with("/login?"));
    app.clock.advance(Ttl::from_secs(30));
    let other = Browser::new(&app);
    let login = page_path("/login", &client, &[]);
    let asked = other.sign_in_at(&login, "jane", PASSWORD).await;
    assert!(asked.location().starts_with("/mfa?client_id="));
    let code = authenticator.code(&app);
    let answer = other.submit(asked.location(), &[("totpCode", &code)]).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
}

#[tokio::test]
async fn s43_without_a_proven_password_there_is_no_key() {
    let app = start().await;
    let client = house(&app).await;
    let path = page_path("/mfaSetup", &client, &[]);
    let stranger = Browser::new(&app);
    assert!(stranger.get(&path).await.location().starts_with("/login?"));
    let posted = stranger.post(&path, &[("totpCode", "000000")]).await;
    assert!(posted.location().starts_with("/login?"));
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    // s54: a form that is not of this browser sets nothing up.
    let page = browser.post(&path, &[("totpCode", "000000")]).await;
    assert_eq!(page.status, 403);
    app.clock.advance(Ttl::from_minutes(4));
    let late = browser.get(&path).await;
    assert!(late.text().contains("took too long"), "{}", late.text());
}
