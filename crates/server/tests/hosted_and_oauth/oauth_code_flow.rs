//! From the authorization request to tokens, as a browser and an application do it.

use poolhouse_model::Ttl;
use poolhouse_testkit::CALLBACK_URL;

use crate::browser::{Browser, authorize_path, authorize_query, parameter, start};
use crate::tokens::{claims, code, exchange, refresh, text, tokens, user_info};

/// Verifier and challenge of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

#[tokio::test]
async fn a_browser_signs_in_and_the_application_gets_three_tokens() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user_with(&pool, "jane", &[("email", "jane@example.com")])
        .await;

    let browser = Browser::new(&app);
    let authorize = authorize_path(&client, &[("state", "abc"), ("scope", "openid email")]);
    let to_page = browser.get(&authorize).await;
    assert_eq!(to_page.status, 302);
    let expected = authorize_query(&client, &[("state", "abc"), ("scope", "openid email")]);
    assert_eq!(to_page.location(), format!("/login?{expected}"));

    let location = browser.sign_in(&authorize, "jane").await;
    assert!(location.starts_with(&format!("{CALLBACK_URL}?code=")));
    assert_eq!(parameter(&location, "state").as_deref(), Some("abc"));

    let code = parameter(&location, "code").unwrap();
    let answer = exchange(&app, &client, &code, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let tokens = answer.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3600);
    assert_eq!(tokens.as_object().unwrap().len(), 5, "{tokens}");
    assert_eq!(
        claims(text(&tokens, "id_token"))["email"],
        "jane@example.com"
    );

    let answer = user_info(&app, text(&tokens, "access_token")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["email"], "jane@example.com");

    let answer = refresh(&app, &client, text(&tokens, "refresh_token")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.json().get("refresh_token").is_none());
}

#[tokio::test]
async fn the_short_alias_and_post_work_like_the_endpoint() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let query = authorize_query(&client, &[]);
    let expected = format!("/login?{query}");

    let answer = app.get(&format!("/authorize?{query}")).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (302, expected.as_str())
    );
    let form = [
        ("client_id", client.id.as_str()),
        ("response_type", "code"),
        ("redirect_uri", CALLBACK_URL),
    ];
    for path in ["/oauth2/authorize", "/authorize"] {
        let answer = app.post_form(path, &form).await;
        assert_eq!(
            (answer.status.as_u16(), answer.location()),
            (302, expected.as_str())
        );
    }
}

#[tokio::test]
async fn parameters_that_nobody_knows_travel_on_to_the_page() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let path = authorize_path(&client, &[("response_mode", "form_post"), ("x", "1 & 2")]);
    let answer = app.get(&path).await;
    assert_eq!(parameter(answer.location(), "x").as_deref(), Some("1 & 2"));
}

#[tokio::test]
async fn a_confidential_client_authenticates_by_header_or_body() {
    use base64::Engine as _;
    let app = start().await;
    let pool = app.pool().await;
    let client = app.confidential_client(&pool).await;
    app.user(&pool, "jane").await;
    let secret = client.secret.as_ref().unwrap().expose();

    let first = code(&app, &client, "jane", &[]).await;
    let answer = exchange(&app, &client, &first, &[("client_secret", secret)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());

    let second = code(&app, &client, "jane", &[]).await;
    let pair = format!("{}:{secret}", client.id);
    let basic = base64::engine::general_purpose::STANDARD.encode(pair);
    let header = format!("Basic {basic}");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &second),
        ("redirect_uri", CALLBACK_URL),
    ];
    let answer = app
        .post_form_with("/oauth2/token", &form, &[("authorization", &header)])
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn s16_the_state_comes_back_byte_for_byte() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let part = "{\"a\":1}&b=%00\0ü+ %20#\r\n<script>\"'";
    // Encoded it may be three times as long, and a request holds 16 KiB.
    let state: String = part.chars().cycle().take(4096).collect();
    let authorize = authorize_path(&client, &[("state", &state)]);

    let browser = Browser::new(&app);
    let location = browser.sign_in(&authorize, "jane").await;
    assert_eq!(
        parameter(&location, "state").as_deref(),
        Some(state.as_str())
    );
    let again = browser.get(&authorize).await;
    assert_eq!(
        parameter(again.location(), "state").as_deref(),
        Some(state.as_str())
    );
}

#[tokio::test]
async fn s17_the_nonce_comes_back_in_the_id_token_and_none_is_demanded() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let with = tokens(&app, &client, "jane", &[("nonce", "n-0S6_WzA2Mj")]).await;
    assert_eq!(claims(text(&with, "id_token"))["nonce"], "n-0S6_WzA2Mj");
    let without = tokens(&app, &client, "jane", &[]).await;
    assert!(claims(text(&without, "id_token")).get("nonce").is_none());
}

#[tokio::test]
async fn s18_pkce_protects_the_code_from_end_to_end() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let pkce = [
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let right = code(&app, &client, "jane", &pkce).await;
    let answer = exchange(&app, &client, &right, &[("code_verifier", VERIFIER)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());

    let (short, long) = (&VERIFIER[..42], "a".repeat(129));
    let wrong = VERIFIER.replace('d', "e");
    for more in [
        vec![],
        vec![("code_verifier", short)],
        vec![("code_verifier", long.as_str())],
        vec![("code_verifier", wrong.as_str())],
    ] {
        let code = code(&app, &client, "jane", &pkce).await;
        let answer = exchange(&app, &client, &code, &more).await;
        assert_eq!(answer.status, 400, "{more:?}");
        assert_eq!(answer.json()["error"], "invalid_grant", "{more:?}");
    }
    let unprotected = code(&app, &client, "jane", &[]).await;
    let answer = exchange(&app, &client, &unprotected, &[("code_verifier", VERIFIER)]).await;
    assert_eq!(answer.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn s19_a_code_works_once_and_a_late_second_use_ends_the_first_ones_tokens() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let code = code(&app, &client, "jane", &[]).await;
    let first = exchange(&app, &client, &code, &[]).await.json();
    let access_token = text(&first, "access_token");

    let second = exchange(&app, &client, &code, &[]).await;
    assert_eq!(second.status, 400);
    assert_eq!(second.text(), r#"{"error":"invalid_grant"}"#);
    assert_eq!(
        user_info(&app, access_token).await.status,
        200,
        "posted twice in a row"
    );

    app.clock.advance(Ttl::from_secs(30));
    let third = exchange(&app, &client, &code, &[]).await;
    assert_eq!(third.json()["error"], "invalid_grant");
    assert_eq!(user_info(&app, access_token).await.status, 401);
    let refreshed = refresh(&app, &client, text(&first, "refresh_token")).await;
    assert_eq!(refreshed.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn s19_a_code_is_over_after_five_minutes() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let code = code(&app, &client, "jane", &[]).await;
    app.clock.advance(Ttl::from_minutes(5));
    let answer = exchange(&app, &client, &code, &[]).await;
    assert_eq!(answer.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn s24_no_token_is_ever_in_a_query() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let browser = Browser::new(&app);
    let location = browser
        .sign_in(
            &authorize_path(&client, &[("response_type", "token")]),
            "jane",
        )
        .await;
    let (before, fragment) = location.split_once('#').unwrap();
    assert_eq!(before, CALLBACK_URL);
    assert!(fragment.contains("access_token="));
    for path in [
        "/login?a=b",
        "/error?error=invalid_request",
        "/oauth2/authorize",
    ] {
        let answer = app.get(path).await;
        assert_eq!(
            answer.header("referrer-policy"),
            Some("no-referrer"),
            "{path}"
        );
    }
}
