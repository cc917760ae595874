//! The page that sets an authenticator app up.

use poolhouse_model::{MfaRequirement, SecretString, Ttl};
use poolhouse_testkit::{
    CALLBACK_URL, DoorAnswer, PASSWORD, TestApp, TestAuthenticator, TestClient,
};

use crate::browser::{Browser, SignInForm, page_path, start};

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
    let late = browser.follow(&browser.get(&path).await).await;
    assert!(late.text().contains("took too long"), "{}", late.text());
}

#[tokio::test]
async fn s44_of_two_right_codes_at_once_one_sets_the_app_up() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let page = browser.get(&path).await;
    let (key, form) = (typed_key(&page), SignInForm::of(&page));
    let code = TestAuthenticator::of(&key).code(&app);
    let pairs = [("_csrf", form.csrf.as_str()), ("totpCode", code.as_str())];
    let (first, second) = tokio::join!(
        browser.post(&form.action, &pairs),
        browser.post(&form.action, &pairs)
    );
    let mut locations = [first.location(), second.location()];
    locations.sort_by_key(|location| location.starts_with('/'));
    assert!(locations[0].starts_with(CALLBACK_URL), "{locations:?}");
    assert!(locations[1].starts_with("/login?"), "{locations:?}");
    assert_asked_for(&app, &client, &key).await;
}

#[tokio::test]
async fn s44_of_two_browsers_that_set_up_at_once_one_does_and_its_key_counts() {
    let app = start().await;
    let client = house(&app).await;
    let browsers = [Browser::new(&app), Browser::new(&app)];
    let mut keys = Vec::new();
    let mut forms = Vec::new();
    for browser in &browsers {
        let path = prove_password(browser, &client).await;
        let page = browser.get(&path).await;
        keys.push(typed_key(&page));
        forms.push(SignInForm::of(&page));
    }
    assert_ne!(keys[0].expose(), keys[1].expose());
    let post = async |index: usize| {
        let form: &SignInForm = &forms[index];
        let code = TestAuthenticator::of(&keys[index]).code(&app);
        let pairs = [("_csrf", form.csrf.as_str()), ("totpCode", code.as_str())];
        browsers[index].post(&form.action, &pairs).await
    };
    let answers = tokio::join!(post(0), post(1));
    let is_returned = |answer: &DoorAnswer| answer.location().starts_with(CALLBACK_URL);
    let returned = [is_returned(&answers.0), is_returned(&answers.1)];
    assert_eq!(returned.iter().filter(|is| **is).count(), 1, "{returned:?}");
    let (winner, late) = if returned[0] {
        (0, &answers.1)
    } else {
        (1, &answers.0)
    };
    assert!(
        late.location().starts_with("/login?"),
        "{}",
        late.location()
    );
    assert_asked_for(&app, &client, &keys[winner]).await;
}

#[tokio::test]
async fn s54_the_code_is_taken_only_from_the_form_of_this_browser() {
    let app = start().await;
    let client = house(&app).await;
    let (browser, other) = (Browser::new(&app), Browser::new(&app));
    let path = prove_password(&browser, &client).await;
    let page = browser.get(&path).await;
    let (key, csrf) = (typed_key(&page), SignInForm::of(&page).csrf);
    let code = TestAuthenticator::of(&key).code(&app);
    let with = |token: &str| vec![("_csrf", token.to_owned()), ("totpCode", code.clone())];
    let theirs = SignInForm::of(&other.get(&page_path("/login", &client, &[])).await).csrf;
    for token in ["", "x", theirs.as_str()] {
        let pairs = with(token);
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(browser.post(&path, &pairs).await.status, 403, "{token}");
    }
    let pairs = [("_csrf", csrf.as_str()), ("totpCode", code.as_str())];
    let foreign = [("sec-fetch-site", "cross-site")];
    assert_eq!(browser.post_with(&path, &pairs, &foreign).await.status, 403);
    // Another browser that learned address, token and code lacks the cookie of the step.
    let elsewhere = other.post(&path, &pairs).await;
    assert!(elsewhere.location().starts_with("/login?"));
    // Nothing was counted or spent by that.
    let answer = browser.post(&path, &pairs).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
}

/// Another sign-in asks for a code of that key, and takes it.
async fn assert_asked_for(app: &TestApp, client: &TestClient, key: &SecretString) {
    app.clock.advance(Ttl::from_secs(30));
    let other = Browser::new(app);
    let login = page_path("/login", client, &[]);
    let asked = other.sign_in_at(&login, "jane", PASSWORD).await;
    assert!(asked.location().starts_with("/mfa?client_id="));
    let code = TestAuthenticator::of(key).code(app);
    let answer = other.submit(asked.location(), &[("totpCode", &code)]).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
}
