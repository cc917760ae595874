//! Sign-ins that wait for their next step in several tabs of one browser.

use poolhouse_model::UserPool;
use poolhouse_testkit::{CALLBACK_URL, PASSWORD, TestApp, TestClient};

use crate::browser::{Browser, page_path, parameter, start};

const NAMES: [&str; 5] = ["jane", "john", "mary", "paul", "ruth"];

async fn house(app: &TestApp) -> (UserPool, TestClient) {
    let pool = app.pool().await;
    for name in NAMES {
        app.invited_user(&pool, name).await;
    }
    let client = app.public_client(&pool).await;
    (pool, client)
}

/// Proves a temporary password in a tab; gives the path of the page that asks for a new one.
async fn open_tab(browser: &Browser<'_>, client: &TestClient, name: &str) -> String {
    let path = page_path("/login", client, &[("state", name)]);
    let answer = browser.sign_in_at(&path, name, PASSWORD).await;
    let path = answer.location().to_owned();
    assert!(path.starts_with("/newPassword?"), "{path}");
    path
}

/// Chooses a new password in a tab; gives where that leads to.
async fn choose(browser: &Browser<'_>, path: &str, password: &str) -> String {
    let pairs = [("password", password), ("confirm_password", password)];
    browser.submit(path, &pairs).await.location().to_owned()
}

async fn assert_signs_in(app: &TestApp, client: &TestClient, name: &str, password: &str) {
    let browser = Browser::new(app);
    let path = page_path("/login", client, &[]);
    let answer = browser.sign_in_at(&path, name, password).await;
    assert_eq!(answer.status, 302, "{name}: {}", answer.text());
    assert!(answer.location().starts_with(CALLBACK_URL), "{name}");
}

#[tokio::test]
async fn s43_a_form_answers_for_the_sign_in_of_its_own_tab() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let jane = open_tab(&browser, &client, "jane").await;
    let john = open_tab(&browser, &client, "john").await;
    // The older tab goes first; the newer one is not disturbed by it.
    let back = choose(&browser, &jane, "N3w!password-of-jane").await;
    assert_eq!(parameter(&back, "state").as_deref(), Some("jane"));
    let back = choose(&browser, &john, "N3w!password-of-john").await;
    assert_eq!(parameter(&back, "state").as_deref(), Some("john"));
    assert_eq!(browser.cookie("page-data"), None);
    assert_signs_in(&app, &client, "jane", "N3w!password-of-jane").await;
    assert_signs_in(&app, &client, "john", "N3w!password-of-john").await;
}

#[tokio::test]
async fn two_applications_of_one_pool_do_not_disturb_each_other() {
    let app = start().await;
    let (pool, client) = house(&app).await;
    let other_client = app.public_client(&pool).await;
    let browser = Browser::new(&app);
    let jane = open_tab(&browser, &client, "jane").await;
    let john = open_tab(&browser, &other_client, "john").await;
    for (path, name) in [(&jane, "jane"), (&john, "john")] {
        let back = choose(&browser, path, "N3w!password").await;
        assert_eq!(parameter(&back, "state").as_deref(), Some(name));
    }
}

#[tokio::test]
async fn a_sign_in_without_further_steps_ends_none_of_another_tab() {
    let app = start().await;
    let (pool, client) = house(&app).await;
    app.user(&pool, "anna").await;
    let browser = Browser::new(&app);
    let jane = open_tab(&browser, &client, "jane").await;
    let path = page_path("/login", &client, &[]);
    let answer = browser.sign_in_at(&path, "anna", PASSWORD).await;
    assert!(answer.location().starts_with(CALLBACK_URL));
    let back = choose(&browser, &jane, "N3w!password").await;
    assert_eq!(parameter(&back, "state").as_deref(), Some("jane"));
}

#[tokio::test]
async fn of_too_many_the_oldest_is_over_and_says_so() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    let mut paths = Vec::new();
    for name in NAMES {
        paths.push(open_tab(&browser, &client, name).await);
    }
    let oldest = browser.get(&paths[0]).await;
    assert!(oldest.location().starts_with("/login?"));
    assert_eq!(parameter(oldest.location(), "page_data"), None);
    assert_eq!(
        parameter(oldest.location(), "state").as_deref(),
        Some("jane")
    );
    let page = browser.follow(&oldest).await;
    assert!(
        page.text().contains("Please sign in again."),
        "{}",
        page.text()
    );
    for path in &paths[1..] {
        assert_eq!(browser.get(path).await.status, 200);
    }
}

#[tokio::test]
async fn s43_a_name_of_no_step_of_this_browser_leads_to_the_sign_in_page() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let (browser, stranger) = (Browser::new(&app), Browser::new(&app));
    let path = open_tab(&browser, &client, "jane").await;
    let step = parameter(&path, "page_data").unwrap();
    assert_eq!(step.len(), 16, "{step}");
    assert!(stranger.get(&path).await.location().starts_with("/login?"));
    for hostile in ["0000000000000000", "x", "..", "\r\nSet-Cookie: a=b", "<b>"] {
        for page in ["/newPassword", "/mfa", "/mfaSetup"] {
            let path = page_path(page, &client, &[("page_data", hostile)]);
            let answer = browser.get(&path).await;
            let location = answer.location();
            assert!(
                location.starts_with("/login?"),
                "{page} {hostile}: {location}"
            );
        }
    }
    // A script that keeps the query of its own gets the newest.
    let unnamed = page_path("/newPassword", &client, &[]);
    assert_eq!(browser.get(&unnamed).await.status, 200);
}
