//! The pages of a forgotten password.

use poolhouse_model::{MfaRequirement, RecoveryMechanism, Ttl, UserPool};
use poolhouse_testkit::{CALLBACK_URL, DoorAnswer, PASSWORD, TestApp, TestClient};

use crate::browser::{Browser, SignInForm, page_path, parameter, start};

const NEXT_PASSWORD: &str = "Another-horse-8";

async fn house(app: &TestApp) -> (UserPool, TestClient) {
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.reachable_user(&pool, "jane").await;
    (pool, client)
}

/// Asks for a code; gives the path of the page that takes it.
async fn forget(browser: &Browser<'_>, client: &TestClient, name: &str) -> String {
    let path = page_path("/forgotPassword", client, &[("state", "s")]);
    let answer = browser.submit(&path, &[("username", name)]).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    answer.location().to_owned()
}

fn reset_form<'a>(code: &'a str, password: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("username", "jane"),
        ("code", code),
        ("password", password),
        ("confirm_password", password),
    ]
}

fn says(page: &DoorAnswer, text: &str) {
    assert!(page.text().contains(text), "{text} in {}", page.text());
}

async fn code(app: &TestApp) -> String {
    app.code_to("jane@example.com").await
}

#[tokio::test]
async fn a_code_and_a_new_password_lead_to_the_sign_in_and_it_to_the_application() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let path = forget(&browser, &client, "jane").await;
    assert!(path.starts_with("/confirmforgotPassword?client_id="));
    let page = browser.get(&path).await;
    says(&page, "We sent a code to j***@e***.");
    says(&page, r#"value="jane""#);
    says(&page, "At least 8 characters");
    let code = code(&app).await;
    let answer = browser
        .submit(&path, &reset_form(&code, NEXT_PASSWORD))
        .await;
    assert!(
        answer.location().starts_with("/login?"),
        "{}",
        answer.text()
    );
    assert_eq!(browser.cookie("page-data"), None);
    let page = browser.get(answer.location()).await;
    says(&page, r#"role="status">Your password was changed."#);
    says(&page, r#"value="jane""#);
    let old = Browser::new(&app)
        .sign_in_at(answer.location(), "jane", PASSWORD)
        .await;
    says(&old, "Incorrect username or password.");
    let answer = browser
        .sign_in_at(answer.location(), "jane", NEXT_PASSWORD)
        .await;
    assert!(
        answer
            .location()
            .starts_with(&format!("{CALLBACK_URL}?code="))
    );
    assert!(answer.location().ends_with("&state=s"));
}

#[tokio::test]
async fn s46_a_reset_signs_nobody_in_and_leaves_the_second_factor() {
    let app = start().await;
    let pool = app.mfa_pool(MfaRequirement::Optional).await;
    let client = app.public_client(&pool).await;
    app.reachable_user(&pool, "jane").await;
    app.authenticator(&client, "jane").await;
    let browser = Browser::new(&app);
    let path = forget(&browser, &client, "jane").await;
    let code = code(&app).await;
    let answer = browser
        .submit(&path, &reset_form(&code, NEXT_PASSWORD))
        .await;
    assert!(answer.location().starts_with("/login?"));
    assert_eq!(browser.cookie("cognito"), None);
    let answer = browser
        .sign_in_at(answer.location(), "jane", NEXT_PASSWORD)
        .await;
    assert!(answer.location().starts_with("/mfa?"));
    assert_eq!(browser.cookie("cognito"), None);
}

#[tokio::test]
async fn what_is_wrong_is_told_and_only_the_password_is_typed_anew() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let path = forget(&browser, &client, "jane").await;
    let code = code(&app).await;
    let differ = [
        ("username", "jane"),
        ("code", code.as_str()),
        ("password", NEXT_PASSWORD),
        ("confirm_password", "Another-horse-9"),
    ];
    let kept = format!(r#"value="{code}""#);
    let page = browser.submit(&path, &differ).await;
    says(&page, "The two passwords are not the same.");
    says(&page, &kept);
    let page = browser.submit(&path, &reset_form(&code, "short")).await;
    says(&page, "The password does not meet what is demanded of it.");
    says(&page, "passwordCheck-notValid-customizable");
    says(&page, &kept);
    let page = browser
        .submit(&path, &reset_form("000000", NEXT_PASSWORD))
        .await;
    says(
        &page,
        "Invalid verification code provided, please try again.",
    );
    assert!(!page.text().contains("000000") && !page.text().contains(NEXT_PASSWORD));
    says(&page, "We sent a code to j***@e***.");
    let answer = browser
        .submit(&path, &reset_form(&code, NEXT_PASSWORD))
        .await;
    assert!(answer.location().starts_with("/login?"));
    // What comes again is refused, and leads on.
    let page = browser
        .submit(&path, &reset_form(&code, NEXT_PASSWORD))
        .await;
    says(&page, "Invalid code provided, please request a code again.");
    says(&page, r#"href="/forgotPassword?"#);
}

#[tokio::test]
async fn another_browser_can_use_the_code_and_names_the_user() {
    let app = start().await;
    let (_, client) = house(&app).await;
    forget(&Browser::new(&app), &client, "jane").await;
    let browser = Browser::new(&app);
    // The other way of writing the path.
    let path = page_path("/confirmForgotPassword", &client, &[]);
    let page = browser.get(&path).await;
    says(&page, "Enter the code that you were sent");
    assert!(!page.text().contains("j***@e***"));
    let code = code(&app).await;
    let answer = browser
        .submit(&path, &reset_form(&code, NEXT_PASSWORD))
        .await;
    assert!(answer.location().starts_with("/login?"));
}

#[tokio::test]
async fn where_only_administrators_reset_passwords_the_pages_are_not_offered() {
    let app = start().await;
    let pool = app
        .pool_with(|settings| {
            settings.account_recovery = Some(vec![RecoveryMechanism::AdminOnly]);
        })
        .await;
    let client = app.public_client(&pool).await;
    app.reachable_user(&pool, "jane").await;
    let login = app.get(&page_path("/login", &client, &[])).await;
    assert!(!login.text().contains("orgotPassword"));
    let browser = Browser::new(&app);
    let csrf = SignInForm::of(&browser.get(&page_path("/login", &client, &[])).await).csrf;
    for path in ["/forgotPassword", "/confirmforgotPassword"] {
        let path = page_path(path, &client, &[]);
        let form = [
            ("_csrf", csrf.as_str()),
            ("username", "jane"),
            ("code", "1"),
        ];
        for page in [browser.get(&path).await, browser.post(&path, &form).await] {
            says(&page, "Contact administrator to reset password.");
            says(&page, "signInFormUsername");
        }
    }
    assert!(app.messages_to("jane@example.com").await.is_empty());
}

#[tokio::test]
async fn the_typed_name_goes_along_to_the_page_and_back() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let login = page_path("/login", &client, &[("login_hint", "old")]);
    let page = browser.sign_in_at(&login, "jane", "wrong").await;
    let (_, link) = page.text().split_once(r#"href="/forgotPassword?"#).unwrap();
    let (query, _) = link.split_once('"').unwrap();
    assert!(query.ends_with("login_hint=jane"), "{query}");
    assert_eq!(query.matches("login_hint").count(), 1);
    let path = format!("/forgotPassword?{}", query.replace("&#38;", "&"));
    says(&browser.get(&path).await, r#"value="jane""#);
}

#[tokio::test]
async fn s34_unknown_names_read_as_known_ones_where_the_client_hides_them() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.discreet_client(&pool).await;
    app.reachable_user(&pool, "jane").await;
    app.user(&pool, "unreachable").await;
    app.signed_up_user(&client, "unconfirmed", "unconfirmed@example.com")
        .await;
    let mut answers = Vec::new();
    for name in ["jane", "unreachable", "unconfirmed", "nobody"] {
        let browser = Browser::new(&app);
        let path = forget(&browser, &client, name).await;
        let page = browser.get(&path).await;
        says(&page, "We sent a code to ");
        let csrf = SignInForm::of(&page).csrf;
        let step = parameter(&path, "page_data").unwrap();
        let wrong = [
            ("username", name),
            ("code", "000000"),
            ("password", NEXT_PASSWORD),
            ("confirm_password", NEXT_PASSWORD),
        ];
        let after = browser.submit(&path, &wrong).await;
        let told = [page, after].map(|page| {
            let text = page.text().replace(name, "NAME").replace(&csrf, "CSRF");
            let text = text.replace(&step, "STEP");
            without_destination(&text)
        });
        answers.push(told.concat());
    }
    for answer in &answers[1..] {
        assert_eq!(answer, &answers[0]);
    }
    // To a client that hides nothing the service says it.
    let open = app.public_client(&pool).await;
    let path = page_path("/forgotPassword", &open, &[]);
    let page = Browser::new(&app)
        .submit(&path, &[("username", "nobody")])
        .await;
    says(&page, "Username/client id combination not found.");
    let page = Browser::new(&app)
        .submit(&path, &[("username", "unreachable")])
        .await;
    says(&page, "Could not reset password for the account");
}

/// A made-up destination is another for each name, and always the same for one.
fn without_destination(html: &str) -> String {
    let mut parts = html.split("We sent a code to ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (_, rest) = part.split_once(". Enter it").unwrap();
        text + rest
    })
}

#[tokio::test]
async fn codes_are_asked_for_and_tried_only_so_often() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let mut path = String::new();
    for _ in 0..5 {
        path = forget(&browser, &client, "jane").await;
    }
    let forgot = page_path("/forgotPassword", &client, &[]);
    let page = browser.submit(&forgot, &[("username", "jane")]).await;
    says(&page, "Attempt limit exceeded, please try after some time.");
    assert!(!page.text().contains("aria-invalid"));
    assert_eq!(app.messages_to("jane@example.com").await.len(), 5);
    for _ in 0..5 {
        let page = browser
            .submit(&path, &reset_form("000000", NEXT_PASSWORD))
            .await;
        assert_eq!(page.status, 200);
    }
    let code = code(&app).await;
    let page = browser
        .submit(&path, &reset_form(&code, NEXT_PASSWORD))
        .await;
    assert_eq!(page.status, 200, "the code is out of tries");
    app.clock.advance(Ttl::from_hours(1));
    forget(&browser, &client, "jane").await;
}

#[tokio::test]
async fn what_is_carried_ends_with_the_code_and_is_bound_to_its_client() {
    let app = start().await;
    let (pool, client) = house(&app).await;
    let browser = Browser::new(&app);
    let path = forget(&browser, &client, "jane").await;
    let other = app.public_client(&pool).await;
    let elsewhere = page_path("/confirmforgotPassword", &other, &[]);
    assert!(!browser.get(&elsewhere).await.text().contains("jane"));
    app.clock.advance(Ttl::from_minutes(61));
    assert!(!browser.get(&path).await.text().contains("jane"));
}

#[tokio::test]
async fn s51_hostile_values_come_back_as_text() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let payload = r#""><script>alert(1)</script><img src=x onerror=alert(2)>'"#;
    let more = [("login_hint", payload), ("state", payload)];
    let form = [
        ("username", payload),
        ("code", payload),
        ("password", payload),
        ("confirm_password", payload),
    ];
    for path in ["/forgotPassword", "/confirmforgotPassword", "/confirm"] {
        let path = page_path(path, &client, &more);
        let browser = Browser::new(&app);
        for page in [browser.get(&path).await, browser.submit(&path, &form).await] {
            assert_eq!(page.status, 200, "{path}");
            let html = page.text();
            assert!(
                !html.contains("<script") && !html.contains("<img"),
                "{html}"
            );
        }
    }
}

#[tokio::test]
async fn s54_only_the_form_of_this_browser_sends_a_code_or_sets_a_password() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let path = page_path("/forgotPassword", &client, &[]);
    browser.get(&path).await;
    let page = browser.post(&path, &[("username", "jane")]).await;
    assert_eq!(page.status, 403);
    says(&page, "Nothing was sent: please try again");
    says(&page, r#"value="jane""#);
    browser.get(&format!("{path}&username=jane")).await;
    assert!(app.messages_to("jane@example.com").await.is_empty());

    let path = forget(&browser, &client, "jane").await;
    let code = code(&app).await;
    let page = browser.post(&path, &reset_form(&code, NEXT_PASSWORD)).await;
    assert_eq!(page.status, 403);
    let login = page_path("/login", &client, &[]);
    let answer = Browser::new(&app)
        .sign_in_at(&login, "jane", PASSWORD)
        .await;
    assert_eq!(answer.status, 302, "the password is the one before");
}
