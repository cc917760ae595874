//! The latest events: what they tell, and what they never tell.

use poolhouse_testkit::{CALLBACK_URL, PASSWORD, TestApp};
use serde_json::json;

use crate::browser::{Browser, authorize_path, start, start_with};

async fn events(app: &TestApp) -> String {
    app.get("/_poolhouse/events").await.text().to_owned()
}

#[tokio::test]
async fn a_refused_call_is_told_with_its_reason_and_its_cure() {
    let app = start().await;
    let input =
        json!({"ClientId": "1example23456789abcdefghij", "Username": "jane", "Password": PASSWORD});
    let answer = app.post_json("SignUp", &input).await;
    assert_eq!(answer.status, 400);
    let request_id = answer.header("x-amzn-requestid").unwrap();
    let html = events(&app).await;
    for part in [
        "SignUp",
        "ResourceNotFoundException",
        "User pool client 1example23456789abcdefghij does not exist.",
        request_id,
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    let page = app.get(&format!("/_poolhouse/events/{request_id}")).await;
    assert_eq!(page.status, 200);
    for part in ["What causes it", "How to mend it", request_id] {
        assert!(page.text().contains(part), "{part} in {}", page.text());
    }
    assert_eq!(app.get("/_poolhouse/events/unheard-of").await.status, 404);
}

#[tokio::test]
async fn the_error_page_leads_to_the_event_of_the_request_that_was_refused() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let browser = Browser::new(&app);
    let wrong = [("redirect_uri", "https://elsewhere.example/")];
    let refused = browser.get(&authorize_path(&client, &wrong)).await;
    let page = browser.get(refused.location()).await;
    let html = page.text();
    let (_, rest) = html.split_once(r#"href="/_poolhouse/events/"#).unwrap();
    let event = rest.split('"').next().unwrap();
    let page = app.get(&format!("/_poolhouse/events/{event}")).await;
    assert_eq!(page.status, 200);
    let html = page.text();
    assert!(
        html.contains("/oauth2/authorize") && html.contains("redirect_mismatch"),
        "{html}"
    );
}

#[tokio::test]
async fn every_door_tells_why_it_refused() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;

    let wrong = [("redirect_uri", "https://elsewhere.example/")];
    app.get(&authorize_path(&client, &wrong)).await;
    assert!(events(&app).await.contains("redirect_mismatch"));

    let grant = [
        ("grant_type", "authorization_code"),
        ("client_id", client.id.as_str()),
        ("code", "0f6a3c9e-7a50-4d3b-9a35-7f2b6f0a9d10"),
        ("redirect_uri", CALLBACK_URL),
    ];
    app.post_form("/oauth2/token", &grant).await;
    let html = events(&app).await;
    assert!(html.contains("POST /oauth2/token") && html.contains("invalid_grant"));
    assert!(html.contains(client.id.as_str()), "{html}");
    assert!(
        !html.contains("0f6a3c9e-7a50"),
        "a code is nobody's business"
    );

    app.get("/oauth2/userInfo").await;
    assert!(events(&app).await.contains("GET /oauth2/userInfo"));
    let browser = Browser::new(&app);
    let login = authorize_path(&client, &[]).replace("/oauth2/authorize", "/login");
    browser.sign_in_at(&login, "jane", "Wrong-password-1").await;
    let html = events(&app).await;
    assert!(html.contains("POST /login"), "{html}");
    assert!(html.contains("Incorrect username or password."), "{html}");
    assert!(!html.contains("Wrong-password-1"), "{html}");
    app.get_with("/login", &[("host", "evil.example")]).await;
    assert!(events(&app).await.contains("does not answer for that host"));
}

#[tokio::test]
async fn s24_no_secret_is_kept_of_a_request() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    let secret = "Secret-in-7-places!";
    let blank = format!(" {secret} ");
    for (operation, input) in [
        (
            "SignUp",
            json!({"ClientId": client.id.as_str(), "Username": secret, "Password": blank}),
        ),
        (
            "SignUp",
            json!({"ClientId": client.id.as_str(), "Username": "a", "Password": secret.repeat(40)}),
        ),
        (
            "ConfirmSignUp",
            json!({"ClientId": client.id.as_str(), "Username": "a", "ConfirmationCode": secret}),
        ),
        ("GetUser", json!({"AccessToken": secret})),
        (
            "ChangePassword",
            json!({"AccessToken": secret, "PreviousPassword": blank, "ProposedPassword": secret}),
        ),
        (
            "InitiateAuth",
            json!({"ClientId": client.id.as_str(), "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": "a", "PASSWORD": secret}}),
        ),
        (
            "RevokeToken",
            json!({"ClientId": client.id.as_str(), "Token": blank, "ClientSecret": blank}),
        ),
        (
            "RespondToAuthChallenge",
            json!({"ClientId": client.id.as_str(), "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": secret}),
        ),
    ] {
        app.post_json(operation, &input).await;
    }
    for path in ["/oauth2/token", "/oauth2/revoke", "/login"] {
        let form = [
            ("client_id", client.id.as_str()),
            ("client_secret", secret),
            ("token", secret),
            ("code", secret),
            ("password", secret),
        ];
        app.post_form(path, &form).await;
        app.get(&format!("{path}?code={secret}")).await;
    }
    let html = events(&app).await;
    assert!(
        html.contains("RespondToAuthChallenge"),
        "the calls are there"
    );
    assert!(!html.contains(secret), "{html}");
    for (_, rest) in html
        .match_indices("/_poolhouse/events/")
        .map(|(at, _)| html.split_at(at))
    {
        let path = rest.split('"').next().unwrap();
        assert!(!app.get(path).await.text().contains(secret), "{path}");
    }
}

#[tokio::test]
async fn outside_the_dev_profile_no_event_is_kept() {
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    app.post_form("/oauth2/token", &[]).await;
    assert_eq!(app.get("/_poolhouse/events").await.status, 404);
}
