//! Forms that a person sent and that were refused: the button Back must not stop at their answers.

use poolhouse_model::Ttl;
use poolhouse_testkit::{PASSWORD, TestApp, TestClient};

use crate::browser::{Browser, SignInForm, page_path, start};

/// What browsers send with a form.
const BY_A_PERSON: [(&str, &str); 1] = [("sec-fetch-mode", "navigate")];

const COOKIE: &str = "page-note";
const WEAK: &str = "alllowercase";

async fn house(app: &TestApp) -> TestClient {
    let pool = app
        .pool_with(|settings| {
            for attribute in &mut settings.schema {
                attribute.is_required |= ["email", "name"].contains(&attribute.name.as_str());
            }
        })
        .await;
    app.user(&pool, "john").await;
    app.public_client(&pool).await
}

/// Sends the form of a page as a person does; gives where the browser is led.
async fn send(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> String {
    let form = SignInForm::of(&browser.get(path).await);
    let mut pairs = vec![("_csrf", form.csrf.as_str())];
    pairs.extend_from_slice(fields);
    let answer = browser.post_with(&form.action, &pairs, &BY_A_PERSON).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    answer.location().to_owned()
}

async fn text(browser: &Browser<'_>, path: &str) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200);
    page.text().to_owned()
}

fn sign_up<'a>(username: &'a str, name: &'a str, password: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("username", username),
        ("requiredAttributes[email]", "jane@example.com"),
        ("requiredAttributes[name]", name),
        ("password", password),
    ]
}

#[tokio::test]
async fn a_refused_sign_up_is_shown_once_with_what_was_typed_but_the_password() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = page_path("/signup", &client, &[("state", "kept")]);
    let location = send(&browser, &path, &sign_up("jane", "Jane <Doe>", WEAK)).await;
    assert!(location.starts_with("/signup?"), "{location}");
    assert!(location.contains("state=kept"), "{location}");
    assert!(!location.contains("Doe"), "{location}");
    let draft = browser.cookie(COOKIE).unwrap();
    assert!(!draft.contains("jane"), "it is sealed");

    let page = text(&browser, &location).await;
    assert!(page.contains(r#"value="jane""#), "{page}");
    assert!(page.contains(r#"value="jane@example.com""#), "{page}");
    assert!(page.contains(r#"value="Jane &#60;Doe&#62;""#), "{page}");
    assert!(page.contains(r#"role="alert""#), "{page}");
    assert_eq!(page.matches("demand-unmet").count(), 3, "{page}");
    assert_eq!(page.matches("demand-met").count(), 2, "{page}");
    assert!(!page.contains(WEAK), "{page}");

    assert_eq!(browser.cookie(COOKIE), None, "it is told once");
    let page = text(&browser, &location).await;
    assert!(!page.contains(r#"role="alert""#), "{page}");
    assert!(page.contains(r#"value="jane""#), "{page}");

    let taken = send(&browser, &path, &sign_up("john", "John", PASSWORD)).await;
    let page = text(&browser, &taken).await;
    assert!(page.contains("User already exists"), "{page}");
    let good = send(&browser, &taken, &sign_up("jane", "Jane", PASSWORD)).await;
    assert!(good.starts_with("/confirm?"), "{good}");
}

#[tokio::test]
async fn a_refused_new_password_and_a_refused_reset_are_shown_again() {
    let app = start().await;
    let pool = app.pool().await;
    app.invited_user(&pool, "jane").await;
    let client = app.public_client(&pool).await;
    let browser = Browser::new(&app);
    let path = page_path("/login", &client, &[]);
    let answer = browser.sign_in_at(&path, "jane", PASSWORD).await;
    let new_password = answer.location().to_owned();
    let differ = [
        ("password", "Another-horse-8"),
        ("confirm_password", "Another-horse-9"),
    ];
    let location = send(&browser, &new_password, &differ).await;
    assert!(location.starts_with("/newPassword?"), "{location}");
    let page = text(&browser, &location).await;
    assert!(page.contains(r#"role="alert""#), "{page}");
    assert!(!page.contains("Another-horse"), "{page}");

    let reset = page_path("/confirmforgotPassword", &client, &[]);
    let differ = [
        ("username", "jane"),
        ("code", "123 456"),
        ("password", "Another-horse-8"),
        ("confirm_password", "Another-horse-9"),
    ];
    let location = send(&browser, &reset, &differ).await;
    assert!(
        location.starts_with("/confirmforgotPassword?"),
        "{location}"
    );
    let page = text(&browser, &location).await;
    assert!(page.contains(r#"value="123456""#), "{page}");
    assert!(page.contains(r#"value="jane""#), "{page}");
    assert!(!page.contains("Another-horse"), "{page}");
    // A code that is wrong is typed anew.
    let same = [
        ("username", "jane"),
        ("code", "123456"),
        ("password", "Another-horse-8"),
        ("confirm_password", "Another-horse-8"),
    ];
    let location = send(&browser, &reset, &same).await;
    let page = text(&browser, &location).await;
    assert!(page.contains(r#"role="alert""#), "{page}");
    assert!(!page.contains("123456"), "{page}");
}

#[tokio::test]
async fn a_script_is_answered_at_once() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = page_path("/signup", &client, &[]);
    let answer = browser.submit(&path, &sign_up("jane", "Jane", WEAK)).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains(r#"value="jane@example.com""#));
    assert_eq!(browser.cookie(COOKIE), None);
}

#[tokio::test]
async fn more_than_a_cookie_holds_is_answered_at_once_and_nothing_is_lost() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = page_path("/signup", &client, &[]);
    let form = SignInForm::of(&browser.get(&path).await);
    let long = "ü".repeat(2000);
    let mut pairs = vec![("_csrf", form.csrf.as_str())];
    pairs.extend_from_slice(&sign_up("jane", &long, WEAK)[..]);
    let answer = browser.post_with(&form.action, &pairs, &BY_A_PERSON).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains(&long));
}

#[tokio::test]
async fn s54_nobody_else_puts_words_on_a_page() {
    let app = start().await;
    let client = house(&app).await;
    let browser = Browser::new(&app);
    let path = page_path("/signup", &client, &[]);
    let location = send(&browser, &path, &sign_up("jane", "Jane", WEAK)).await;
    let draft = browser.cookie(COOKIE).unwrap();

    let another = house(&app).await;
    let elsewhere = Browser::new(&app);
    let other_pool = page_path("/signup", &another, &[]);
    send(&elsewhere, &other_pool, &sign_up("mary", "Mary", WEAK)).await;
    let other_page = page_path("/forgotPassword", &client, &[]);
    let mut tampered = draft.clone().into_bytes();
    tampered[40] = if tampered[40] == b'A' { b'B' } else { b'A' };
    let tampered = String::from_utf8(tampered).unwrap();
    let own = Browser::new(&app);
    for (path, of, note) in [
        (&other_page, &browser, draft.as_str()),
        (&other_pool, &elsewhere, draft.as_str()),
        (&path, &browser, tampered.as_str()),
        (
            &path,
            &browser,
            r#"{"path":"/signup","draft":{"username":"jane"}}"#,
        ),
        (&path, &browser, "problem-wrong-username-or-password"),
        (&path, &browser, "."),
    ] {
        own.plant(COOKIE, of, note);
        let page = text(&own, path).await;
        assert!(!page.contains(r#"role="alert""#), "{path} {note}: {page}");
        assert!(!page.contains("jane"), "{path} {note}: {page}");
    }
    own.plant(COOKIE, &browser, &draft);
    assert!(text(&own, &path).await.contains(r#"value="jane""#));

    app.clock.advance(Ttl::from_minutes(5));
    let page = text(&browser, &location).await;
    assert!(!page.contains(r#"role="alert""#), "it waits five minutes");
}
