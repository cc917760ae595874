//! Tokens as an application gets them from the endpoint.

use poolhouse_testkit::{CALLBACK_URL, DoorAnswer, TestApp, TestClient};
use serde_json::Value;

use crate::browser::{Browser, authorize_path, parameter};

/// A code for a user who signs in on the page.
pub(crate) async fn code(
    app: &TestApp,
    client: &TestClient,
    username: &str,
    more: &[(&str, &str)],
) -> String {
    let location = Browser::new(app)
        .sign_in(&authorize_path(client, more), username)
        .await;
    parameter(&location, "code").unwrap_or_else(|| panic!("no code in {location}"))
}

/// Exchanges a code; `more` adds to the form, and takes the place of what is there.
pub(crate) async fn exchange(
    app: &TestApp,
    client: &TestClient,
    code: &str,
    more: &[(&str, &str)],
) -> DoorAnswer {
    let defaults = [
        ("grant_type", "authorization_code"),
        ("client_id", client.id.as_str()),
        ("code", code),
        ("redirect_uri", CALLBACK_URL),
    ];
    let is_given = |name: &str| more.iter().any(|(given, _)| *given == name);
    let kept = defaults.iter().filter(|(name, _)| !is_given(name));
    let form: Vec<_> = kept.chain(more).copied().collect();
    app.post_form("/oauth2/token", &form).await
}

/// The tokens of a user who signs in on the page.
pub(crate) async fn tokens(
    app: &TestApp,
    client: &TestClient,
    username: &str,
    more: &[(&str, &str)],
) -> Value {
    let code = code(app, client, username, more).await;
    let answer = exchange(app, client, &code, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Renews by a refresh token.
pub(crate) async fn refresh(app: &TestApp, client: &TestClient, refresh_token: &str) -> DoorAnswer {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", client.id.as_str()),
        ("refresh_token", refresh_token),
    ];
    app.post_form("/oauth2/token", &form).await
}

/// Asks `userInfo`.
pub(crate) async fn user_info(app: &TestApp, access_token: &str) -> DoorAnswer {
    let bearer = format!("Bearer {access_token}");
    app.get_with("/oauth2/userInfo", &[("authorization", &bearer)])
        .await
}

/// The text of a member.
pub(crate) fn text<'a>(body: &'a Value, member: &str) -> &'a str {
    body[member]
        .as_str()
        .unwrap_or_else(|| panic!("no {member} in {body}"))
}

/// The claims of a token, unchecked.
pub(crate) fn claims(token: &str) -> Value {
    use base64::Engine as _;
    let payload = token.split('.').nth(1).unwrap();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(payload)
        .unwrap();
    serde_json::from_slice(&bytes).unwrap()
}
