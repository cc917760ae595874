//! The cookies of the pages.

use poolhouse_service::CreateDomain;
use poolhouse_testkit::{DoorAnswer, PASSWORD, TestApp, TestClient};

use crate::browser::{SignInForm, authorize_path, start, start_with};

fn login_path(client: &TestClient) -> String {
    authorize_path(client, &[]).replace("/oauth2/authorize", "/login")
}

fn set_cookies(answer: &DoorAnswer) -> Vec<String> {
    let headers = answer.headers.get_all("set-cookie").iter();
    headers
        .map(|value| value.to_str().unwrap().to_owned())
        .collect()
}

/// Signs jane in on a host; gives every cookie that the answer sets.
async fn sign_in_on(app: &TestApp, client: &TestClient, host: &str) -> Vec<String> {
    let path = login_path(client);
    let page = app.get_with(&path, &[("host", host)]).await;
    let form = SignInForm::of(&page);
    let cookies = page.cookies().join("; ");
    let pairs = [
        ("_csrf", form.csrf.as_str()),
        ("username", "jane"),
        ("password", PASSWORD),
    ];
    let headers = [("host", host), ("cookie", cookies.as_str())];
    let answer = app.post_form_with(&path, &pairs, &headers).await;
    assert_eq!(answer.status, 302, "{}", answer.text());
    set_cookies(&answer)
}

#[tokio::test]
async fn s53_cookies_on_the_servers_own_host_are_named_after_port_and_pool() {
    let app = start().await;
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    let client = app.public_client(&pool).await;
    let cookies = sign_in_on(&app, &client, "localhost:9229").await;
    let [session, csrf] = cookies.as_slice() else {
        panic!("{cookies:?}")
    };
    let (name_and_value, flags) = session.split_once(';').unwrap();
    let value = name_and_value
        .strip_prefix(&format!("cognito-9229-{}=", pool.id))
        .unwrap();
    assert_eq!(value.len(), 43, "256 bits");
    assert_eq!(flags, " Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
    assert!(csrf.starts_with(&format!("XSRF-TOKEN-9229-{}=", pool.id)));
    assert!(csrf.ends_with("; Path=/; HttpOnly; SameSite=Lax"));
}

#[tokio::test]
async fn cookies_on_a_pools_own_domain_have_the_services_names() {
    let app = start().await;
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    let client = app.public_client(&pool).await;
    let domain = CreateDomain {
        pool_id: pool.id.clone(),
        domain: "house".to_owned(),
        custom: None,
        managed_login_version: None,
    };
    app.create_domain(domain).await.unwrap();
    let cookies = sign_in_on(&app, &client, "house.auth.localhost:9229").await;
    assert!(cookies[0].starts_with("cognito="));
    assert!(cookies[1].starts_with("XSRF-TOKEN="));
}

#[tokio::test]
async fn s53_cookies_are_secure_and_bound_to_the_host_where_browsers_come_by_https() {
    let by_https = |settings: &mut poolhouse_service::ServiceSettings| {
        settings.public_url = "https://auth.example.com".to_owned();
    };
    let app = start_with(by_https, |_| ()).await;
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    let client = app.public_client(&pool).await;
    for cookie in sign_in_on(&app, &client, "auth.example.com").await {
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        assert!(cookie.contains("; Secure"), "{cookie}");
        assert!(!cookie.contains("Domain="), "{cookie}");
    }
}

#[tokio::test]
async fn s53_a_cookie_that_somebody_planted_is_replaced_at_the_sign_in() {
    let app = start().await;
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    let client = app.public_client(&pool).await;
    let planted = "A".repeat(43);
    let path = login_path(&client);
    let page = app.get(&path).await;
    let form = SignInForm::of(&page);
    let cookies = format!(
        "{}; cognito-9229-{}={planted}",
        page.cookies().join("; "),
        pool.id
    );
    let pairs = [
        ("_csrf", form.csrf.as_str()),
        ("username", "jane"),
        ("password", PASSWORD),
    ];
    let headers = [("cookie", cookies.as_str())];
    let answer = app.post_form_with(&path, &pairs, &headers).await;
    assert!(!set_cookies(&answer)[0].contains(&planted));
    let path = authorize_path(&client, &[("prompt", "none")]);
    let answer = app.get_with(&path, &headers).await;
    assert!(
        answer.location().contains("login_required"),
        "the planted value is no session"
    );
}
