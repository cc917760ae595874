//! What applications ask for and get: where answers go, `prompt`, `resource`, scopes.

use poolhouse_model::{OAuthFlow, UserPool};
use poolhouse_testkit::{CALLBACK_URL, LOGOUT_URL, TestApp, TestClient};

use crate::browser::{Browser, authorize_path, authorize_query, parameter, query, start};
use crate::tokens::{claims, code, exchange, refresh, text, tokens as user_tokens};

const RESOURCE: &str = "https://api.example.com/v1";

async fn house(app: &TestApp) -> (UserPool, TestClient) {
    let pool = app.pool().await;
    app.user(&pool, "jane").await;
    let client = app.public_client(&pool).await;
    (pool, client)
}

/// A client that registered other callback URLs.
async fn client_at(
    app: &TestApp,
    pool: &UserPool,
    callback_urls: &[&str],
    default: Option<&str>,
) -> TestClient {
    app.client_with(pool, |request| {
        let settings = &mut request.settings;
        settings.callback_urls = callback_urls.iter().map(|url| (*url).to_owned()).collect();
        settings.default_redirect_uri = default.map(str::to_owned);
    })
    .await
}

#[tokio::test]
async fn a_code_is_a_uuid_and_no_state_comes_back_that_was_not_sent() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let location = Browser::new(&app)
        .sign_in(&authorize_path(&client, &[]), "jane")
        .await;
    let code = location
        .strip_prefix(&format!("{CALLBACK_URL}?code="))
        .unwrap();
    let lengths: Vec<_> = code.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12], "{code}");
    let is_lower_hex = |c: char| matches!(c, '0'..='9' | 'a'..='f' | '-');
    assert!(code.chars().all(is_lower_hex), "{code}");
}

#[tokio::test]
async fn answers_go_to_custom_schemes_and_behind_a_query_that_is_there() {
    let app = start().await;
    let (pool, _) = house(&app).await;
    for (callback, start) in [
        ("myapp://callback", "myapp://callback?code="),
        ("com.example.app:/cb", "com.example.app:/cb?code="),
        (
            "https://app.example.com/cb?tenant=1",
            "https://app.example.com/cb?tenant=1&code=",
        ),
    ] {
        let client = client_at(&app, &pool, &[callback], None).await;
        let authorize = authorize_path(&client, &[("redirect_uri", callback)]);
        let location = Browser::new(&app).sign_in(&authorize, "jane").await;
        assert!(location.starts_with(start), "{location}");
        let code = parameter(&location, "code").unwrap();
        let more = [("redirect_uri", callback)];
        let answer = exchange(&app, &client, &code, &more).await;
        assert_eq!(answer.status, 200, "{callback}: {}", answer.text());
    }
}

#[tokio::test]
async fn an_absent_redirect_uri_is_the_default_one_and_without_a_default_an_error() {
    let app = start().await;
    let (pool, _) = house(&app).await;
    let (first, second) = ("https://app.example.com/a", "https://app.example.com/b");
    let client = client_at(&app, &pool, &[first, second], Some(second)).await;
    let pairs = [("client_id", client.id.as_str()), ("response_type", "code")];
    let authorize = format!("/oauth2/authorize?{}", query(&pairs));
    let location = Browser::new(&app).sign_in(&authorize, "jane").await;
    assert!(
        location.starts_with(&format!("{second}?code=")),
        "{location}"
    );

    let client = client_at(&app, &pool, &[first, second], None).await;
    let pairs = [("client_id", client.id.as_str()), ("response_type", "code")];
    let answer = app
        .get(&format!("/oauth2/authorize?{}", query(&pairs)))
        .await;
    assert!(answer.location().starts_with("/error?error="));
    let page = app.get(answer.location()).await;
    assert_eq!(page.status, 400);
    let missing = "Required String parameter &#39;redirect_uri&#39; is not present";
    assert!(page.text().contains(missing), "{}", page.text());
}

#[tokio::test]
async fn prompts_for_identity_providers_change_nothing_at_the_pool_itself() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    for prompt in ["select_account", "consent", "select_account consent"] {
        let authorize = authorize_path(&client, &[("prompt", prompt)]);
        let stranger = Browser::new(&app).get(&authorize).await;
        assert!(stranger.location().starts_with("/login?"), "{prompt}");
        browser.sign_in(&authorize_path(&client, &[]), "jane").await;
        let known = browser.get(&authorize).await;
        let start = format!("{CALLBACK_URL}?code=");
        assert!(known.location().starts_with(&start), "{prompt}");
        browser
            .get(&format!("/logout?client_id={}", client.id))
            .await;
    }
}

#[tokio::test]
async fn s20_a_page_that_asks_again_leaves_the_session_until_somebody_signs_in() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let browser = Browser::new(&app);
    browser.sign_in(&authorize_path(&client, &[]), "jane").await;
    for prompt in ["login", "login consent"] {
        let asked = browser
            .get(&authorize_path(&client, &[("prompt", prompt)]))
            .await;
        assert_eq!(browser.get(asked.location()).await.status, 200);
        let silent = browser
            .get(&authorize_path(&client, &[("prompt", "none")]))
            .await;
        assert!(parameter(silent.location(), "code").is_some(), "{prompt}");
    }
}

#[tokio::test]
async fn a_resource_is_the_audience_of_every_access_token_of_the_sign_in() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let first = user_tokens(&app, &client, "jane", &[("resource", RESOURCE)]).await;
    let renewed = refresh(&app, &client, text(&first, "refresh_token")).await;
    for tokens in [&first, &renewed.json()] {
        assert_eq!(claims(text(tokens, "access_token"))["aud"], RESOURCE);
        let id = claims(text(tokens, "id_token"));
        assert_eq!(id["aud"], client.id.as_str());
    }
    let without = user_tokens(&app, &client, "jane", &[]).await;
    assert!(claims(text(&without, "access_token")).get("aud").is_none());

    let more = [("response_type", "token"), ("resource", "myapp://api")];
    let location = Browser::new(&app)
        .sign_in(&authorize_path(&client, &more), "jane")
        .await;
    let fragment = location.replacen('#', "?", 1);
    let access_token = parameter(&fragment, "access_token").unwrap();
    assert_eq!(claims(&access_token)["aud"], "myapp://api");
}

#[tokio::test]
async fn a_resource_that_is_no_url_or_comes_twice_is_refused() {
    let app = start().await;
    let (_, client) = house(&app).await;
    for resource in [
        "api",
        "/api",
        "http://api.example.com",
        "https://api.example.com#part",
        "javascript:alert(1)",
    ] {
        let path = authorize_path(&client, &[("resource", resource)]);
        let location = app.get(&path).await.location().to_owned();
        assert_eq!(location, format!("{CALLBACK_URL}?error=invalid_request"));
    }
    let twice = authorize_query(&client, &[("resource", RESOURCE)]);
    let path = format!(
        "/oauth2/authorize?{twice}&{}",
        query(&[("resource", RESOURCE)])
    );
    let answer = app.get(&path).await;
    let error = parameter(answer.location(), "error");
    assert_eq!(error.as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn s31_scopes_are_settled_at_the_authorization_endpoint_and_all_when_none_is_named() {
    let app = start().await;
    let (_, client) = house(&app).await;
    for more in [vec![], vec![("scope", "")]] {
        let all = user_tokens(&app, &client, "jane", &more).await;
        assert!(all.get("scope").is_none(), "{all}");
        let scope = claims(text(&all, "access_token"))["scope"].clone();
        let mut scopes: Vec<_> = scope.as_str().unwrap().split(' ').collect();
        scopes.sort_unstable();
        let every = "aws.cognito.signin.user.admin email openid phone profile";
        assert_eq!(scopes.join(" "), every);
    }
    let wider = ("scope", "openid email phone");
    let code = code(&app, &client, "jane", &[("scope", "openid")]).await;
    let few = exchange(&app, &client, &code, &[wider]).await.json();
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", client.id.as_str()),
        ("refresh_token", text(&few, "refresh_token")),
        wider,
    ];
    let renewed = app.post_form("/oauth2/token", &form).await.json();
    for tokens in [&few, &renewed] {
        assert_eq!(claims(text(tokens, "access_token"))["scope"], "openid");
    }
}

#[tokio::test]
async fn errors_of_the_implicit_flow_come_in_the_query() {
    let app = start().await;
    let (pool, client) = house(&app).await;
    let more = [
        ("response_type", "token"),
        ("scope", "openid nonsense"),
        ("state", "s"),
    ];
    let answer = app.get(&authorize_path(&client, &more)).await;
    let expected = format!("{CALLBACK_URL}?error=invalid_scope&state=s");
    assert_eq!(answer.location(), expected);
    let code_only = app
        .client_with(&pool, |request| {
            let flows = &mut request.settings.allowed_oauth_flows;
            flows.remove(&OAuthFlow::Implicit);
        })
        .await;
    let answer = app
        .get(&authorize_path(&code_only, &[("response_type", "token")]))
        .await;
    let expected = format!("{CALLBACK_URL}?error=unauthorized_client");
    assert_eq!(answer.location(), expected);
}

#[tokio::test]
async fn of_two_ways_out_the_logout_uri_wins_and_only_get_leads_there() {
    let app = start().await;
    let (_, client) = house(&app).await;
    let pairs = [
        ("client_id", client.id.as_str()),
        ("logout_uri", LOGOUT_URL),
        ("redirect_uri", CALLBACK_URL),
        ("response_type", "code"),
        ("state", "s"),
        ("identity_provider", "Google"),
    ];
    let path = format!("/logout?{}", query(&pairs));
    let answer = app.get(&path).await;
    assert_eq!(answer.location(), LOGOUT_URL);
    let answer = app.post_form(&path, &[]).await;
    assert_eq!(answer.status, 405);
}
