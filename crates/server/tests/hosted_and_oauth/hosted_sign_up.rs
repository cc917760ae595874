//! The page that makes an account, and what follows it.

use poolhouse_model::{EmailVerification, MfaRequirement, UserPoolSettings};
use poolhouse_testkit::{CALLBACK_URL, PASSWORD, TestApp, TestClient};

use crate::browser::{Browser, SignInForm, page_path, start};

/// A pool whose users give an address, and a client of it.
async fn house(app: &TestApp) -> TestClient {
    house_with(app, |_| ()).await
}

async fn house_with(app: &TestApp, change: impl FnOnce(&mut UserPoolSettings)) -> TestClient {
    let pool = app
        .pool_with(|settings| {
            let mut schema = settings.schema.iter_mut();
            let email = schema.find(|attribute| attribute.name == "email");
            email.unwrap().is_required = true;
            change(settings);
        })
        .await;
    app.public_client(&pool).await
}

const FILLED_IN: [(&str, &str); 3] = [
    ("username", "jane"),
    ("requiredAttributes[email]", "jane@example.com"),
    ("password", PASSWORD),
];

#[tokio::test]
async fn a_sign_up_leads_to_the_code_and_the_code_to_the_application() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = page_path("/signup", &client, &[("state", "a b&c")]);
    let answer = browser.submit(&path, &FILLED_IN).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    let confirm = answer.location();
    assert!(confirm.starts_with("/confirm?client_id="), "{confirm}");
    assert_eq!(browser.cookie("cognito"), None, "nothing is proven yet");
    let page = browser.get(confirm).await;
    let text = "We sent a code to j***@e***.";
    assert!(page.text().contains(text), "{}", page.text());

    let wrong = browser.submit(confirm, &[("code", "000000")]).await;
    assert_eq!(wrong.status, 200);
    let text = r#"role="alert">Invalid verification code provided, please try again.</p>"#;
    assert!(wrong.text().contains(text));

    let code = app.code_to("jane@example.com").await;
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    let answer = browser.submit(confirm, &[("code", &spaced)]).await;
    let location = answer.location();
    assert!(location.starts_with(&format!("{CALLBACK_URL}?code=")));
    assert!(location.ends_with("&state=a%20b%26c"), "{location}");
    assert!(browser.cookie("cognito").is_some());
    assert_eq!(browser.cookie("page-data"), None);
}

#[tokio::test]
async fn the_pages_of_sign_in_and_sign_up_lead_to_each_other() {
    let app = start().await;
    let client = house(&app).await;
    let query = page_path("", &client, &[("state", "s"), ("lang", "en")]);
    for (page, other) in [("/login", "/signup"), ("/signup", "/login")] {
        let html = app.get(&format!("{page}{query}")).await;
        let link = format!(r#"href="{other}{}""#, query.replace('&', "&#38;"));
        assert!(html.text().contains(&link), "{link} in {}", html.text());
    }
}

#[tokio::test]
async fn where_only_administrators_make_users_the_page_is_not_offered() {
    let app = start().await;
    let client = house(&app).await;
    let closed = house_with(&app, |settings| {
        settings.allows_admin_create_user_only = true;
    })
    .await;
    let login = app.get(&page_path("/login", &closed, &[])).await;
    assert!(!login.text().contains("/signup"));
    let browser = Browser::new(&app);
    let path = page_path("/signup", &closed, &[]);
    let page = browser.get(&path).await;
    let text = r#"role="alert">SignUp is not permitted for this user pool</p>"#;
    assert!(page.text().contains(text));
    let csrf = SignInForm::of(&page).csrf;
    let mut filled_in = FILLED_IN.to_vec();
    filled_in.push(("_csrf", &csrf));
    for form in [&filled_in[..], &filled_in[1..], &filled_in[..1]] {
        let page = browser.post(&path, form).await;
        assert!(page.text().contains(text), "{}", page.text());
        assert!(page.text().contains("signInFormUsername"), "no dead end");
    }
    // The same form is taken where it is permitted.
    let open = page_path("/signup", &client, &[]);
    assert_eq!(
        Browser::new(&app).submit(&open, &FILLED_IN).await.status,
        302
    );
}

#[tokio::test]
async fn a_name_that_is_taken_is_told_and_everything_but_the_password_stays() {
    let app = start().await;
    let client = house(&app).await;
    let path = page_path("/signup", &client, &[]);
    Browser::new(&app).submit(&path, &FILLED_IN).await;
    let page = Browser::new(&app).submit(&path, &FILLED_IN).await;
    assert_eq!(page.status, 200);
    let html = page.text();
    assert!(html.contains(r#"role="alert">User already exists</p>"#));
    assert!(html.contains(r#"value="jane""#) && html.contains(r#"value="jane@example.com""#));
    assert!(!html.contains(PASSWORD));
    assert_eq!(html.matches("aria-invalid").count(), 1);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_goes_on_where_it_led() {
    let app = start().await;
    let client = house(&app).await;
    let path = page_path("/signup", &client, &[]);
    let browser = Browser::new(&app);
    browser.submit(&path, &FILLED_IN).await;
    // Back, and sent again; nobody is mailed a second code.
    let again = browser.submit(&path, &FILLED_IN).await;
    assert!(again.location().starts_with("/confirm?"));
    assert_eq!(app.messages_to("jane@example.com").await.len(), 1);
    let code = app.code_to("jane@example.com").await;
    let answer = browser.submit(again.location(), &[("code", &code)]).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
}

#[tokio::test]
async fn of_two_forms_at_once_one_makes_the_account_and_the_other_is_no_dead_end() {
    let app = start().await;
    let client = house(&app).await;
    let path = page_path("/signup", &client, &[]);
    let browser = Browser::new(&app);
    let form = SignInForm::of(&browser.get(&path).await);
    let mut filled_in = FILLED_IN.to_vec();
    filled_in.push(("_csrf", &form.csrf));
    let both = tokio::join!(
        browser.post(&form.action, &filled_in),
        browser.post(&form.action, &filled_in)
    );
    let mut statuses = [both.0.status.as_u16(), both.1.status.as_u16()];
    statuses.sort_unstable();
    assert!(
        statuses == [200, 302] || statuses == [302, 302],
        "{statuses:?}"
    );
    // Who lost may sign in with what was typed, and comes to the code.
    let login = page_path("/login", &client, &[]);
    let answer = Browser::new(&app)
        .sign_in_at(&login, "jane", PASSWORD)
        .await;
    assert!(answer.location().starts_with("/confirm?"));
}

#[tokio::test]
async fn a_pool_that_sends_nothing_shows_the_error_page_and_developers_the_setting() {
    let app = start().await;
    let client = house_with(&app, |settings| settings.auto_verified_attributes.clear()).await;
    let browser = Browser::new(&app);
    let path = page_path("/signup", &client, &[]);
    let page = browser.submit(&path, &FILLED_IN).await;
    assert_eq!(page.status, 400);
    let html = page.text();
    assert!(html.contains("An error was encountered with the requested page."));
    assert!(html.contains("AutoVerifiedAttributes"));
    // The user was made all the same.
    let login = page_path("/login", &client, &[]);
    let page = browser.sign_in_at(&login, "jane", PASSWORD).await;
    assert!(page.text().contains("User is not confirmed."));
}

#[tokio::test]
async fn a_pool_that_sends_links_asks_for_no_code() {
    let app = start().await;
    let client = house_with(&app, |settings| {
        settings.messages.email_verification = EmailVerification::Link;
    })
    .await;
    let browser = Browser::new(&app);
    let path = page_path("/signup", &client, &[]);
    let answer = browser.submit(&path, &FILLED_IN).await;
    let page = browser.get(answer.location()).await;
    assert!(page.text().contains("We sent a link to j***@e***."));
    assert!(!page.text().contains("verification_code"));
    // Another link can be asked for.
    let answer = browser.submit(answer.location(), &[]).await;
    let page = browser.get(answer.location()).await;
    assert!(page.text().contains("We sent it again."), "{}", page.text());
    assert_eq!(app.messages_to("jane@example.com").await.len(), 2);
}

#[tokio::test]
async fn a_second_factor_that_must_be_set_up_is_told_at_the_sign_in() {
    let app = start().await;
    let client = house_with(&app, |settings| settings.mfa = MfaRequirement::On).await;
    let browser = Browser::new(&app);
    let path = page_path("/signup", &client, &[]);
    let answer = browser.submit(&path, &FILLED_IN).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    assert!(answer.location().starts_with("/confirm?"));
    let code = app.code_to("jane@example.com").await;
    let answer = browser.submit(answer.location(), &[("code", &code)]).await;
    assert!(!answer.location().starts_with(CALLBACK_URL));
    assert_eq!(browser.cookie("cognito"), None);
}

#[tokio::test]
async fn s48_what_the_page_does_not_ask_for_is_refused() {
    let app = start().await;
    let client = house(&app).await;
    let path = page_path("/signup", &client, &[]);
    for extra in [
        "requiredAttributes[email_verified]",
        "requiredAttributes[sub]",
        "requiredAttributes[custom:admin]",
        "requiredAttributes[name]",
        "requiredAttributes[]",
        "requiredAttributes[phone_number_verified]",
    ] {
        let mut form = FILLED_IN.to_vec();
        form.push((extra, "true"));
        let page = Browser::new(&app).submit(&path, &form).await;
        assert_eq!(page.status, 200, "{extra}");
        let text = "A client attempted to write unauthorized attribute";
        assert!(page.text().contains(text), "{extra}");
    }
    // Fields that are no attributes of the form count for nothing.
    let mut form = FILLED_IN.to_vec();
    form.extend([
        ("email_verified", "true"),
        ("status", "CONFIRMED"),
        ("name", "x"),
    ]);
    assert_eq!(Browser::new(&app).submit(&path, &form).await.status, 302);
    let user = app.admin_get_user(&client.pool_id, "jane").await.unwrap();
    assert_eq!(user.attribute("email_verified"), None);
    assert_eq!(user.attribute("name"), None);
}

#[tokio::test]
async fn s54_an_account_is_made_only_by_the_form_of_this_browser() {
    let app = start().await;
    let client = house(&app).await;
    let path = page_path("/signup", &client, &[]);
    let browser = Browser::new(&app);
    let other = SignInForm::of(&Browser::new(&app).get(&path).await).csrf;
    browser.get(&path).await;
    let without = browser.post(&path, &FILLED_IN).await;
    let mut stolen = FILLED_IN.to_vec();
    stolen.push(("_csrf", &other));
    let stolen = browser.post(&path, &stolen).await;
    for page in [without, stolen] {
        assert_eq!(page.status, 403);
        assert!(page.text().contains("Nothing was sent: please try again"));
        assert!(page.text().contains(r#"value="jane@example.com""#));
    }
    assert!(app.messages_to("jane@example.com").await.is_empty());
    assert_eq!(browser.submit(&path, &FILLED_IN).await.status, 302);
}
