//! From the authorization request to tokens, as a browser and an application do it.

use poolhouse_testkit::CALLBACK_URL;

use crate::browser::{Browser, authorize_path, parameter, start};

#[tokio::test]
async fn a_browser_signs_in_and_the_application_gets_three_tokens() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user_with(&pool, "jane", &[("email", "jane@example.com")])
        .await;

    let browser = Browser::new(&app);
    let authorize = authorize_path(&client, &[("state", "abc"), ("scope", "openid email")]);
    let location = browser.sign_in(&authorize, "jane").await;
    assert!(location.starts_with(&format!("{CALLBACK_URL}?code=")));
    assert_eq!(parameter(&location, "state").as_deref(), Some("abc"));

    let code = parameter(&location, "code").unwrap();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", client.id.as_str()),
        ("code", &code),
        ("redirect_uri", CALLBACK_URL),
    ];
    let answer = app.post_form("/oauth2/token", &form).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let tokens = answer.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(tokens["expires_in"], 3600);
    assert!(tokens["id_token"].is_string() && tokens["refresh_token"].is_string());

    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let answer = app
        .get_with("/oauth2/userInfo", &[("authorization", &bearer)])
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["email"], "jane@example.com");
}
