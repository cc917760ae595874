//! What the start page and its forms keep out.

use poolhouse_model::UserStatus;
use poolhouse_testkit::PASSWORD;

use crate::browser::{Browser, start, start_with};
use crate::start_forms::{form_of, status_of, user_path};

const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=a>";

#[tokio::test]
async fn s54_a_form_without_the_token_of_its_browser_changes_nothing() {
    let app = start().await;
    let browser = Browser::new(&app);
    let path = "/_poolhouse/new-pool";
    let strange = "6d4d2a5c-2f3f-4b0e-9c11-0d2f5b1a7e64";
    browser.get(path).await;
    for pairs in [
        vec![("name", "p")],
        vec![("name", "p"), ("_csrf", "")],
        vec![("name", "p"), ("_csrf", strange)],
        vec![("name", "p"), ("_csrf", strange), ("_csrf", strange)],
    ] {
        let answer = browser.post(path, &pairs).await;
        assert_eq!(answer.status, 403, "{pairs:?}");
        assert!(answer.text().contains("expired"), "what to do is said");
    }
    let form = form_of(&browser.get(path).await);
    let pairs = [("name", "p"), ("_csrf", form.csrf.as_str())];
    for headers in [
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("origin", "http://localhost:3000")],
    ] {
        let answer = browser.post_with(path, &pairs, &headers).await;
        assert_eq!(answer.status, 403, "{headers:?}");
    }
    let other = Browser::new(&app);
    assert_eq!(other.post(path, &pairs).await.status, 403);
    assert!(app.list_pools_of_region().await.unwrap().is_empty());
}

#[tokio::test]
async fn s54_get_changes_nothing() {
    let app = start().await;
    let pool = app.pool().await;
    let browser = Browser::new(&app);
    let id = pool.id.as_str();
    let new_user = format!("/_poolhouse/pools/{id}/new-user");
    browser
        .submit_through(&new_user, &[("username", "jane")])
        .await;
    for form in [
        "confirm-user",
        "disable-user",
        "delete-user",
        "set-password",
    ] {
        let path = format!("{}&password={PASSWORD}", user_path(id, form, "jane"));
        assert_eq!(browser.get(&path).await.status, 200, "{form}");
    }
    browser
        .get("/_poolhouse/new-pool?name=other&sign_in=email")
        .await;
    assert_eq!(app.list_pools_of_region().await.unwrap().len(), 1);
    assert_eq!(
        status_of(&app, &pool.id, "jane").await,
        UserStatus::ForceChangePassword
    );
}

#[tokio::test]
async fn s51_hostile_names_are_text_on_every_page() {
    let app = start().await;
    let browser = Browser::new(&app);
    let pool = app.pool().await;
    let id = pool.id.as_str();
    let hostile_name = "\"'><img/src=x/onerror=a>$(id)";
    let pool_path = format!("/_poolhouse/pools/{id}");
    let user = [
        ("username", hostile_name),
        ("attributes", &format!("name={HOSTILE}")),
    ];
    let page = browser
        .submit_through(&format!("{pool_path}/new-user"), &user)
        .await;
    assert!(page.text().contains("The user is made."), "{}", page.text());
    let group = [("name", hostile_name), ("description", HOSTILE)];
    browser
        .submit_through(&format!("{pool_path}/new-group"), &group)
        .await;
    let user = user_path(id, "user", hostile_name);
    let joined = user_path(id, "add-to-group", hostile_name);
    browser
        .submit_through(&joined, &[("group", hostile_name)])
        .await;
    for path in [
        "/_poolhouse/",
        "/_poolhouse/events",
        &pool_path,
        &format!("{pool_path}?by=%3Cscript&text=%22%27%3E%3Cimg&page=%3Cscript"),
        &user,
        &user_path(id, "delete-user", hostile_name),
        &format!("{pool_path}/%22%3E%3Cscript%3E"),
        "/_poolhouse/pools/%3Cscript%3Ealert(1)",
        "/_poolhouse/events/%3Cscript%3E",
        "/_poolhouse/?done=%3Cscript%3E",
    ] {
        let page = browser.get(path).await;
        let html = page.text();
        assert!(
            !html.contains("<script") && !html.contains("<img"),
            "{path}: {html}"
        );
        assert!(!html.contains(r#""'>"#), "{path}: {html}");
    }
}

#[tokio::test]
async fn s52_every_page_is_framed_by_nobody_and_kept_by_nobody() {
    let app = start().await;
    let pool = app.pool().await;
    let pool_path = format!("/_poolhouse/pools/{}", pool.id);
    for path in [
        "/_poolhouse/",
        "/_poolhouse/events",
        "/_poolhouse/events/none",
        "/_poolhouse/new-pool",
        &pool_path,
        &format!("{pool_path}/new-user"),
    ] {
        let page = app.get(path).await;
        let header = |name: &str| page.header(name).unwrap_or_default().to_owned();
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert!(header("cache-control").contains("no-store"), "{path}");
        let policy = header("content-security-policy");
        for part in [
            "default-src 'none'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"));
    }
}

#[tokio::test]
async fn s64_a_line_break_in_a_name_reaches_no_header() {
    let app = start().await;
    let browser = Browser::new(&app);
    let page = browser
        .submit("/_poolhouse/new-pool", &[("name", "a\r\nSet-Cookie: b=c")])
        .await;
    assert!([200, 302, 400].contains(&page.status.as_u16()));
    assert_eq!(browser.cookie("b"), None);
    for header in page.headers.values() {
        assert!(!header.as_bytes().contains(&b'\n'));
    }
}

#[tokio::test]
async fn outside_the_dev_profile_no_page_and_no_form_is_there() {
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    let pool = app.pool().await;
    let pool_path = format!("/_poolhouse/pools/{}", pool.id);
    let new_user = format!("{pool_path}/new-user");
    for path in [
        "/_poolhouse/events",
        "/_poolhouse/new-pool",
        &pool_path,
        &new_user,
    ] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
        assert_eq!(app.post_form(path, &[]).await.status, 404, "{path}");
    }
}
