//! The pages that the start page leads to, and their forms.

use http::Request;
use poolhouse_model::UserStatus;
use poolhouse_testkit::{PASSWORD, TestService, on_every_engine};

use crate::browser::{Browser, start};
use crate::start_forms::{form_of, over, pool_of, status_of, user_path};

#[tokio::test]
async fn forms_make_a_pool_a_client_a_user_and_a_group() {
    on_every_engine(|kit: TestService| async move {
        let app = over(kit);
        let browser = Browser::new(&app);
        let pool_id = pool_of(&browser).await;

        let pool = format!("/_poolhouse/pools/{pool_id}");
        let client = [
            ("name", "web"),
            ("kind", "public"),
            ("code", "yes"),
            ("callback_urls", "http://localhost:3000/callback"),
            ("scopes", "openid email"),
            ("srp", "yes"),
        ];
        let page = browser
            .submit_through(&format!("{pool}/new-client"), &client)
            .await;
        let html = page.text();
        assert!(html.contains("The app client is made."), "{html}");
        assert!(html.contains("create-user-pool-client"), "{html}");
        assert!(html.contains("/oauth2/authorize?client_id="), "{html}");
        assert!(html.contains("COGNITO_ISSUER=http://localhost:9229/"));

        let user = [
            ("username", "jane@example.com"),
            ("password", PASSWORD),
            ("is_permanent", "yes"),
            ("is_verified", "yes"),
            ("attributes", "given_name=Jane\r\nfamily_name = Doe"),
        ];
        let page = browser
            .submit_through(&format!("{pool}/new-user"), &user)
            .await;
        let html = page.text();
        assert!(html.contains("The user is made."), "{html}");
        assert!(html.contains("CONFIRMED") && html.contains("permanent"));
        assert!(html.contains("admin-set-user-password"), "{html}");
        assert!(html.contains("--password PASSWORD"), "{html}");
        assert!(!html.contains(PASSWORD), "no page shows a password");
        for attribute in ["Jane", "Doe", "email_verified"] {
            assert!(html.contains(attribute), "{attribute}");
        }

        let group = [("name", "staff"), ("precedence", "3")];
        let page = browser
            .submit_through(&format!("{pool}/new-group"), &group)
            .await;
        assert!(page.text().contains("The group is made."));
        assert!(page.text().contains("precedence 3"));
        assert!(page.text().contains("jane@example.com"));
    })
    .await;
}

#[tokio::test]
async fn forms_change_a_user_by_the_same_operations_as_the_api() {
    on_every_engine(|kit: TestService| async move {
        let app = over(kit);
        let pool = app.pool().await;
        let client = app.public_client(&pool).await;
        app.signed_up_user(&client, "jane", "jane@example.com")
            .await;
        let browser = Browser::new(&app);
        let id = pool.id.as_str();
        let at = |form: &str| user_path(id, form, "jane");

        let page = browser.get(&at("user")).await;
        assert!(page.text().contains("UNCONFIRMED"), "{}", page.text());
        let page = browser.submit_through(&at("confirm-user"), &[]).await;
        assert!(page.text().contains("admin-confirm-sign-up"));
        assert_eq!(
            status_of(&app, &pool.id, "jane").await,
            UserStatus::Confirmed
        );

        let page = browser.submit_through(&at("disable-user"), &[]).await;
        assert!(page.text().contains("The user is disabled."));
        assert!(page.text().contains("Enable jane"));
        browser.submit_through(&at("enable-user"), &[]).await;

        let password = [("password", "Another-pass-8"), ("is_permanent", "")];
        browser.submit_through(&at("set-password"), &password).await;
        assert_eq!(
            status_of(&app, &pool.id, "jane").await,
            UserStatus::ForceChangePassword
        );

        let new_group = format!("/_poolhouse/pools/{id}/new-group");
        browser
            .submit_through(&new_group, &[("name", "staff")])
            .await;
        let joined = browser
            .submit_through(&at("add-to-group"), &[("group", "staff")])
            .await;
        let leave = format!("{}&group=staff", at("remove-from-group"));
        assert!(joined.text().contains("Remove jane from the group staff"));
        let left = browser.submit_through(&leave, &[]).await;
        assert!(left.text().contains("In none."));

        let asked = browser.get(&at("delete-user")).await;
        assert!(asked.text().contains("Delete the user jane"));
        assert_eq!(
            status_of(&app, &pool.id, "jane").await,
            UserStatus::ForceChangePassword
        );
        let page = browser.submit_through(&at("delete-user"), &[]).await;
        assert!(page.text().contains("The user is deleted."));
        assert_eq!(browser.get(&at("user")).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_told_in_the_services_words_and_what_was_typed_is_kept() {
    let app = start().await;
    let pool = app.pool().await;
    let browser = Browser::new(&app);
    let new_user = format!("/_poolhouse/pools/{}/new-user", pool.id);
    let typed = [
        ("username", "two words"),
        ("email", "jane@example.com"),
        ("password", PASSWORD),
    ];
    let page = browser.submit(&new_user, &typed).await;
    assert_eq!(page.status, 400);
    let html = page.text();
    assert!(html.contains("failed to satisfy constraint"), "{html}");
    assert!(html.contains(r#"value="two words""#) && html.contains("jane@example.com"));
    assert!(!html.contains(PASSWORD), "{html}");
    assert!(html.contains("<title>Error: "), "{html}");

    let set = user_path(pool.id.as_str(), "set-password", "jane");
    browser
        .submit_through(&new_user, &[("username", "jane")])
        .await;
    let page = browser.submit(&set, &[("password", "weak-one")]).await;
    assert!(
        page.text()
            .contains("Password did not conform with password policy")
    );
    assert!(!page.text().contains("weak-one"));
}

#[tokio::test]
async fn a_user_whose_password_is_refused_is_there_and_the_page_says_so() {
    let app = start().await;
    let pool = app.pool().await;
    let browser = Browser::new(&app);
    let new_user = format!("/_poolhouse/pools/{}/new-user", pool.id);
    let typed = [
        ("username", "jane"),
        ("password", "weak-one"),
        ("is_permanent", "yes"),
    ];
    let page = browser.submit(&new_user, &typed).await;
    assert_eq!(page.status, 400);
    let html = page.text();
    assert!(html.contains("The user is made, but the password was refused."));
    assert!(
        html.contains("Password did not conform with password policy"),
        "{html}"
    );
    let form = form_of(&page);
    assert!(form.action.contains("/set-password?username=jane"));
    let pairs = [
        ("_csrf", form.csrf.as_str()),
        ("password", PASSWORD),
        ("is_permanent", "yes"),
    ];
    assert_eq!(browser.post(&form.action, &pairs).await.status, 302);
    assert_eq!(
        status_of(&app, &pool.id, "jane").await,
        UserStatus::Confirmed
    );
}

#[tokio::test]
async fn users_are_searched_and_paged() {
    let app = start().await;
    let pool = app.pool().await;
    let browser = Browser::new(&app);
    let pool_path = format!("/_poolhouse/pools/{}", pool.id);
    for number in 0..23 {
        let name = format!("user{number:02}");
        let typed = [("username", name.as_str())];
        browser
            .submit_through(&format!("{pool_path}/new-user"), &typed)
            .await;
    }
    let page = browser.get(&pool_path).await;
    let shown = |html: &str| html.matches("/user?username=user").count();
    assert_eq!(shown(page.text()), 20);
    let (_, rest) = page.text().split_once("#users\">Next users").map_or_else(
        || page.text().split_once("<p><a href=\"").unwrap(),
        |(before, _)| before.rsplit_once("<a href=\"").unwrap(),
    );
    let next = rest.replace("&#38;", "&");
    assert_eq!(shown(browser.get(&next).await.text()), 3);
    let found = browser
        .get(&format!("{pool_path}?by=username&text=user1"))
        .await;
    assert_eq!(shown(found.text()), 10);
    let found = browser
        .get(&format!("{pool_path}?text=nobody%22%20or"))
        .await;
    assert!(found.text().contains("None found."), "{}", found.text());
    let spoilt = browser.get(&format!("{pool_path}?page=spoilt")).await;
    assert_eq!(spoilt.status, 400);
    assert!(spoilt.text().contains("search-problem"));
}

#[tokio::test]
async fn a_browser_is_led_from_the_root_to_the_start_page_and_a_program_is_not() {
    let app = start().await;
    let accept = [("accept", "text/html,application/xhtml+xml")];
    let answer = app.get_with("/", &accept).await;
    assert_eq!(answer.location(), "/_poolhouse/");
    assert_eq!(app.get("/").await.status, 200);
    let request = Request::get("/").header("accept", "*/*");
    let answer = app
        .send(request.body(axum::body::Body::empty()).unwrap())
        .await;
    assert_eq!(answer.status, 200);
}
