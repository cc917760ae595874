//! The page that asks for the code of an authenticator app.

use poolhouse_model::{MfaRequirement, Ttl};
use poolhouse_testkit::{CALLBACK_URL, PASSWORD, TestApp, TestAuthenticator, TestClient};

use crate::browser::{Browser, SignInForm, authorize_path, start};

async fn house(app: &TestApp) -> (TestClient, TestAuthenticator) {
    let pool = app.mfa_pool(MfaRequirement::Optional).await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let authenticator = app.authenticator(&client, "jane").await;
    app.clock.advance(Ttl::from_secs(30));
    (client, authenticator)
}

fn login_path(client: &TestClient, more: &[(&str, &str)]) -> String {
    authorize_path(client, more).replace("/oauth2/authorize", "/login")
}

/// Proves the password; gives the path of the page that asks for the code.
async fn prove_password(browser: &Browser<'_>, client: &TestClient) -> String {
    let path = login_path(client, &[("state", "a b&c")]);
    let answer = browser.sign_in_at(&path, "jane", PASSWORD).await;
    assert_eq!(answer.status, 302);
    let path = answer.location().to_owned();
    assert!(path.starts_with("/mfa?client_id="), "{path}");
    assert_eq!(browser.cookie("cognito"), None, "nobody is signed in yet");
    path
}

async fn submit(browser: &Browser<'_>, path: &str, code: &str) -> poolhouse_testkit::DoorAnswer {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200);
    let form = SignInForm::of(&page);
    let pairs = [("_csrf", form.csrf.as_str()), ("totpCode", code)];
    browser.post(&form.action, &pairs).await
}

#[tokio::test]
async fn s43_the_password_leads_to_the_code_and_the_code_to_the_application() {
    let app = start().await;
    let (client, authenticator) = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    // The password alone signs nobody in, whatever page is opened.
    let authorize = browser.get(&authorize_path(&client, &[])).await;
    assert!(authorize.location().starts_with("/login?"));
    let page = browser.get(&path).await;
    assert!(page.text().contains("<h1>Enter your code</h1>"));
    let code = authenticator.code(&app);
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    let answer = submit(&browser, &path, &spaced).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    let location = answer.location();
    assert!(location.starts_with(&format!("{CALLBACK_URL}?code=")));
    assert!(location.ends_with("&state=a%20b%26c"), "{location}");
    assert!(browser.cookie("cognito").is_some());
    assert_eq!(browser.cookie("page-data"), None);
    // The page is over with the sign-in.
    let over = browser.get(&path).await;
    assert!(over.location().starts_with("/login?"));
}

#[tokio::test]
async fn a_wrong_code_shows_the_page_again_and_never_the_code() {
    let app = start().await;
    let (client, authenticator) = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let wrong = authenticator.wrong_code(&app);
    let page = submit(&browser, &path, &wrong).await;
    assert_eq!(page.status, 200);
    let html = page.text();
    assert!(html.contains(r#"role="alert">Invalid code received for user</p>"#));
    assert!(html.contains(r#"aria-invalid="true""#));
    assert!(!html.contains(&wrong));
    let page = submit(&browser, &path, "").await;
    assert!(page.text().contains("Invalid code received for user"));
    let answer = submit(&browser, &path, &authenticator.code(&app)).await;
    assert_eq!(answer.status, 302);
    // s44: the code is spent for the next sign-in.
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let page = submit(&browser, &path, &authenticator.code(&app)).await;
    assert!(
        page.text()
            .contains("Your software token has already been used once.")
    );
}

#[tokio::test]
async fn s44_after_five_wrong_codes_the_password_is_asked_for_again() {
    let app = start().await;
    let (client, authenticator) = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let wrong = authenticator.wrong_code(&app);
    for _ in 0..5 {
        let page = submit(&browser, &path, &wrong).await;
        assert!(page.text().contains("<h1>Enter your code</h1>"));
    }
    let over = submit(&browser, &path, &authenticator.code(&app)).await;
    let page = browser.follow(&over).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<h1>Sign in</h1>"));
    assert!(page.text().contains("Please sign in again."));
    assert_eq!(browser.cookie("page-data"), None);
    // The next code waits as long as the lock of the user.
    let path = prove_password(&browser, &client).await;
    let page = submit(&browser, &path, &authenticator.code(&app)).await;
    assert!(page.text().contains("Attempt limit exceeded"));
    assert!(!page.text().contains("aria-invalid"));
}

#[tokio::test]
async fn the_page_waits_as_long_as_the_client_says() {
    let app = start().await;
    let (client, authenticator) = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let page = browser.get(&path).await;
    let csrf = SignInForm::of(&page).csrf;
    app.clock.advance(Ttl::from_minutes(3));
    let over = browser.get(&path).await;
    assert!(over.location().starts_with("/login?"));
    let code = authenticator.code(&app);
    let pairs = [("_csrf", csrf.as_str()), ("totpCode", code.as_str())];
    let over = browser.post(&path, &pairs).await;
    let page = browser.follow(&over).await;
    assert!(page.text().contains("Please sign in again."));
}

#[tokio::test]
async fn who_proved_no_password_is_sent_to_the_sign_in_page() {
    let app = start().await;
    let (client, authenticator) = house(&app).await;
    let browser = Browser::new(&app);
    let path = login_path(&client, &[]).replace("/login", "/mfa");
    let answer = browser.get(&path).await;
    assert!(answer.location().starts_with("/login?client_id="));
    let code = authenticator.code(&app);
    let answer = browser.post(&path, &[("totpCode", &code)]).await;
    assert!(answer.location().starts_with("/login?client_id="));
    // A request that is wrong gets the page of errors, as everywhere.
    let wrong = browser.get("/mfa?client_id=nobody").await;
    assert!(wrong.location().starts_with("/error?"));
}

#[tokio::test]
async fn s54_the_code_is_taken_only_from_the_form_of_this_browser() {
    let app = start().await;
    let (client, authenticator) = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let page = browser.get(&path).await;
    let csrf = SignInForm::of(&page).csrf;
    let code = authenticator.code(&app);
    for pairs in [
        vec![("totpCode", code.as_str())],
        vec![("_csrf", "x"), ("totpCode", code.as_str())],
    ] {
        let page = browser.post(&path, &pairs).await;
        assert_eq!(page.status, 403);
    }
    let pairs = [("_csrf", csrf.as_str()), ("totpCode", code.as_str())];
    let foreign = [("sec-fetch-site", "cross-site")];
    let page = browser.post_with(&path, &pairs, &foreign).await;
    assert_eq!(page.status, 403);
    // Nothing was counted or spent by that.
    let answer = browser.post(&path, &pairs).await;
    assert_eq!(answer.status, 302);
}

#[tokio::test]
async fn s51_values_on_the_page_are_escaped() {
    let app = start().await;
    let (client, _) = house(&app).await;
    let browser = Browser::new(&app);
    let payload = r#""><script>alert(1)</script><img src=x onerror=alert(2)>'"#;
    let path = login_path(&client, &[("state", payload), ("lang", payload)]);
    let answer = browser.sign_in_at(&path, "jane", PASSWORD).await;
    let page = browser.get(answer.location()).await;
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("<script") && !page.text().contains("<img"));
    let caching = page.header("cache-control").unwrap_or_default();
    assert!(caching.contains("no-store"));
    assert!(page.header("content-security-policy").is_some());
}
