//! The page that takes a new password in place of a temporary one.

use poolhouse_model::{MfaRequirement, Ttl, UserPoolSettings};
use poolhouse_testkit::{
    CALLBACK_URL, DoorAnswer, PASSWORD, TestApp, TestAuthenticator, TestClient,
};

use crate::browser::{Browser, SignInForm, page_path, start};

const NEW_PASSWORD: &str = "N3w!password";
const FILLED_IN: [(&str, &str); 2] = [
    ("password", NEW_PASSWORD),
    ("confirm_password", NEW_PASSWORD),
];

/// A client of a pool with a user who was invited.
async fn house(app: &TestApp, change: impl FnOnce(&mut UserPoolSettings)) -> TestClient {
    let pool = app.pool_with(change).await;
    app.invited_user(&pool, "jane").await;
    app.public_client(&pool).await
}

fn login_path(client: &TestClient) -> String {
    page_path("/login", client, &[("state", "a b&c")])
}

/// Proves the temporary password; gives the path of the page that asks for a new one.
async fn prove_password(browser: &Browser<'_>, client: &TestClient) -> String {
    let answer = browser
        .sign_in_at(&login_path(client), "jane", PASSWORD)
        .await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    let path = answer.location().to_owned();
    assert!(path.starts_with("/newPassword?client_id="), "{path}");
    assert_eq!(browser.cookie("cognito"), None, "nobody is signed in yet");
    path
}

fn assert_returned(answer: &DoorAnswer) {
    assert_eq!(answer.status, 302, "{}", answer.text());
    let location = answer.location();
    assert!(
        location.starts_with(&format!("{CALLBACK_URL}?code=")),
        "{location}"
    );
    assert!(location.ends_with("&state=a%20b%26c"), "{location}");
}

#[tokio::test]
async fn s43_a_temporary_password_leads_to_a_new_one_and_that_to_the_application_once() {
    let app = start().await;
    let client = house(&app, |_| ()).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let page = browser.get(&path).await;
    assert!(
        page.text().contains("<h1>Choose a new password</h1>"),
        "{}",
        page.text()
    );
    let form = SignInForm::of(&page);
    let pairs = [("_csrf", form.csrf.as_str()), FILLED_IN[0], FILLED_IN[1]];
    assert_returned(&browser.post(&form.action, &pairs).await);
    assert!(browser.cookie("cognito").is_some());
    assert_eq!(browser.cookie("page-data"), None);
    // The page is over, and the new password is the one that counts.
    assert!(browser.get(&path).await.location().starts_with("/login?"));
    let other = Browser::new(&app);
    let old = other
        .sign_in_at(&login_path(&client), "jane", PASSWORD)
        .await;
    assert!(old.text().contains("Incorrect username or password."));
    assert_returned(
        &other
            .sign_in_at(&login_path(&client), "jane", NEW_PASSWORD)
            .await,
    );
}

#[tokio::test]
async fn s39_what_the_policy_refuses_is_told_and_can_be_tried_again() {
    let app = start().await;
    let client = house(&app, |_| ()).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    for (password, again, text) in [
        ("short", "short", "does not meet what is demanded"),
        (
            NEW_PASSWORD,
            "Other!1password",
            "The two passwords are not the same.",
        ),
        ("", "", "does not meet what is demanded"),
    ] {
        let pairs = [("password", password), ("confirm_password", again)];
        // More often than a challenge may be answered: none of it was an answer.
        for _ in 0..3 {
            let page = browser.submit(&path, &pairs).await;
            assert_eq!(page.status, 200);
            let html = page.text();
            assert!(html.contains(text), "{password}: {html}");
            assert_eq!(html.matches(r#"aria-invalid="true""#).count(), 1, "{html}");
            assert!(!html.contains(&format!("value=\"{NEW_PASSWORD}")), "{html}");
        }
    }
    assert_returned(&browser.submit(&path, &FILLED_IN).await);
}

#[tokio::test]
async fn attributes_that_are_required_and_missing_are_asked_for() {
    let app = start().await;
    let client = house(&app, |settings| {
        let mut schema = settings.schema.iter_mut();
        let name = schema.find(|attribute| attribute.name == "family_name");
        name.unwrap().is_required = true;
    })
    .await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let page = browser.get(&path).await;
    let field = r#"name="requiredAttributes[family_name]" type="text""#;
    assert_eq!(page.text().matches(field).count(), 1, "{}", page.text());
    let page = browser.submit(&path, &FILLED_IN).await;
    assert!(page.text().contains("Please fill in:"), "{}", page.text());
    let with =
        |name: &'static str, value: &'static str| [FILLED_IN[0], FILLED_IN[1], (name, value)];
    // s48: nothing else can be slipped in.
    for name in [
        "requiredAttributes[sub]",
        "requiredAttributes[email_verified]",
    ] {
        let page = browser.submit(&path, &with(name, "true")).await;
        assert_eq!(page.status, 200, "{name}");
    }
    let named = with("requiredAttributes[family_name]", "Doe");
    assert_returned(&browser.submit(&path, &named).await);
}

#[tokio::test]
async fn s41_without_the_temporary_password_nobody_gets_there() {
    let app = start().await;
    let client = house(&app, |_| ()).await;
    let path = page_path("/newPassword", &client, &[]);
    let stranger = Browser::new(&app);
    assert!(stranger.get(&path).await.location().starts_with("/login?"));
    assert!(
        stranger
            .post(&path, &FILLED_IN)
            .await
            .location()
            .starts_with("/login?")
    );
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    // s54: a form that is not of this browser sets nothing.
    let page = browser.post(&path, &FILLED_IN).await;
    assert_eq!(page.status, 403);
    // Once it is too late, the sign-in begins anew.
    app.clock.advance(Ttl::from_minutes(4));
    let page = browser.submit(&login_path(&client), &[]).await;
    assert_eq!(page.status, 200);
    let late = browser.follow(&browser.get(&path).await).await;
    assert!(late.text().contains("took too long"), "{}", late.text());
    assert_eq!(browser.cookie("page-data"), None);
}

#[tokio::test]
async fn s43_of_two_submissions_at_once_one_sets_the_password() {
    let app = start().await;
    let client = house(&app, |_| ()).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let form = SignInForm::of(&browser.get(&path).await);
    let pairs = [("_csrf", form.csrf.as_str()), FILLED_IN[0], FILLED_IN[1]];
    let (first, second) = tokio::join!(
        browser.post(&form.action, &pairs),
        browser.post(&form.action, &pairs)
    );
    let returned = [&first, &second]
        .into_iter()
        .filter(|answer| answer.location().starts_with(CALLBACK_URL));
    assert_eq!(returned.count(), 1, "{} {}", first.text(), second.text());
}

#[tokio::test]
async fn an_authenticator_app_that_is_demanded_is_set_up_after_the_new_password() {
    let app = start().await;
    let pool = app.mfa_pool(MfaRequirement::On).await;
    app.invited_user(&pool, "jane").await;
    let client = app.public_client(&pool).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let answer = browser.submit(&path, &FILLED_IN).await;
    let setup = answer.location().to_owned();
    assert!(setup.starts_with("/mfaSetup?client_id="), "{setup}");
    assert_eq!(browser.cookie("cognito"), None);
    // The page before is done; the one that is due does not wait for the password again.
    let back = browser.get(&path).await;
    assert!(back.location().starts_with("/login?"), "{}", back.text());
    let page = browser.get(&setup).await;
    let html = page.text();
    let (_, key) = html.split_once(r#"<code class="key">"#).unwrap();
    let key = key.split_once('<').unwrap().0.replace(' ', "");
    let authenticator = TestAuthenticator::of(&key.as_str().into());
    let code = authenticator.code(&app);
    assert_returned(&browser.submit(&setup, &[("totpCode", &code)]).await);
    assert!(browser.cookie("cognito").is_some());
    assert_eq!(browser.cookie("page-data"), None);
}

#[tokio::test]
async fn a_form_that_is_sent_again_says_that_it_was_done() {
    let app = start().await;
    let client = house(&app, |_| ()).await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let waiting = browser.cookie("page-data").unwrap();
    let form = SignInForm::of(&browser.get(&path).await);
    let pairs = [("_csrf", form.csrf.as_str()), FILLED_IN[0], FILLED_IN[1]];
    let again = Browser::new(&app);
    again.plant("page-data", &browser, &waiting);
    again.plant("XSRF-TOKEN", &browser, &form.csrf);
    assert_returned(&browser.post(&form.action, &pairs).await);
    // It left the browser before the first answer was there.
    let second = again.post(&form.action, &pairs).await;
    assert!(
        second.location().starts_with("/login?"),
        "{}",
        second.text()
    );
    let page = again.follow(&second).await;
    assert!(
        page.text()
            .contains(r#"role="status">This was done already."#),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_second_factor_that_is_due_comes_after_the_new_password() {
    let app = start().await;
    let pool = app.mfa_pool(MfaRequirement::Optional).await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    app.authenticator(&client, "jane").await;
    app.temporary_password(&pool, "jane").await;
    let browser = Browser::new(&app);
    let path = prove_password(&browser, &client).await;
    let answer = browser.submit(&path, &FILLED_IN).await;
    assert!(
        answer.location().starts_with("/mfa?client_id="),
        "{}",
        answer.location()
    );
    assert_eq!(browser.cookie("cognito"), None);
}
