//! The clock, as test suites move it.

use axum::body::Body;
use http::Request;
use poolhouse_model::MfaRequirement;
use poolhouse_testkit::{DoorAnswer, PASSWORD, TestApp, TestClient};
use serde_json::{Value, json};

use crate::browser::{start, start_with};

async fn post(app: &TestApp, path: &str, body: &Value) -> DoorAnswer {
    let request = Request::post(path).header("content-type", "application/json");
    app.send(request.body(Body::from(body.to_string())).unwrap())
        .await
}

async fn change(app: &TestApp, body: Value) -> Value {
    let answer = post(app, "/_poolhouse/clock", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Answers a sign-in by password: the status, and the answer or the error.
async fn sign_in(app: &TestApp, client: &TestClient, password: &str) -> (u16, Value) {
    let input = json!({
        "AuthFlow": "USER_PASSWORD_AUTH",
        "ClientId": client.id.as_str(),
        "AuthParameters": {"USERNAME": "jane", "PASSWORD": password},
    });
    let answer = app.post_json("InitiateAuth", &input).await;
    (answer.status.as_u16(), answer.json())
}

#[tokio::test]
async fn the_clock_is_read_moved_frozen_freed_and_put_right() {
    let app = start().await;
    let at_first = app.get("/_poolhouse/clock").await;
    assert_eq!(
        at_first.json(),
        json!({
            "now": "2026-11-03T04:05:06.000Z",
            "machine": "2026-11-03T04:05:06.000Z",
            "ahead_ms": 0,
            "is_frozen": false,
        })
    );
    let moved = change(&app, json!({"advance": "1h30m"})).await;
    assert_eq!(moved["now"], "2026-11-03T05:35:06.000Z");
    assert_eq!(moved["ahead_ms"], 5_400_000);
    let frozen = change(&app, json!({"set": "2030-01-31T12:00:00Z", "freeze": true})).await;
    assert_eq!(
        (&frozen["now"], &frozen["is_frozen"]),
        (&"2030-01-31T12:00:00.000Z".into(), &true.into())
    );
    app.clock.advance(poolhouse_model::Ttl::from_secs(60));
    let still = app.get("/_poolhouse/clock").await.json();
    assert_eq!(still["now"], frozen["now"]);
    change(&app, json!({"resume": true})).await;
    app.clock.advance(poolhouse_model::Ttl::from_secs(60));
    let runs = app.get("/_poolhouse/clock").await.json();
    assert_eq!(runs["now"], "2030-01-31T12:01:00.000Z");
    let request = Request::delete("/_poolhouse/clock").body(Body::empty());
    let right = app.send(request.unwrap()).await.json();
    assert_eq!(right["now"], "2026-11-03T04:07:06.000Z");
}

#[tokio::test]
async fn parameters_of_the_query_say_the_same_as_members_of_the_body() {
    let app = start().await;
    let answer = app
        .post_form("/_poolhouse/clock?advance=90s&freeze", &[])
        .await;
    let clock = answer.json();
    assert_eq!(clock["now"], "2026-11-03T04:06:36.000Z");
    assert_eq!(clock["is_frozen"], true);
}

#[tokio::test]
async fn health_and_the_start_page_show_a_moved_clock_only() {
    let app = start().await;
    let health = app.get("/_poolhouse/health").await.json();
    assert!(health.get("clock_note").is_none());
    assert!(
        !app.get("/_poolhouse/")
            .await
            .text()
            .contains("The clock is")
    );
    change(&app, json!({"advance": "90s"})).await;
    let health = app.get("/_poolhouse/health").await.json();
    assert_eq!(health["clock"], "2026-11-03T04:06:36.000Z");
    let note = health["clock_note"].as_str().unwrap();
    assert!(note.contains("90 s ahead"), "{note}");
    let page = app.get("/_poolhouse/").await;
    assert!(page.text().contains("The clock is moved to 2026-11-03"));
    change(&app, json!({"freeze": true})).await;
    let page = app.get("/_poolhouse/").await;
    assert!(page.text().contains("The clock is frozen at 2026-11-03"));
}

#[tokio::test]
async fn tokens_codes_and_lockouts_follow_the_clock() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let (_, answer) = sign_in(&app, &client, PASSWORD).await;
    let access_token = &answer["AuthenticationResult"]["AccessToken"];
    let get_user = json!({"AccessToken": access_token});
    assert_eq!(app.post_json("GetUser", &get_user).await.status, 200);
    change(&app, json!({"advance": "61m"})).await;
    assert_eq!(app.post_json("GetUser", &get_user).await.status, 400);

    for _ in 0..6 {
        sign_in(&app, &client, "Wr0ng-password").await;
    }
    let (status, locked) = sign_in(&app, &client, PASSWORD).await;
    assert_eq!(status, 400);
    assert_eq!(locked["message"], "Password attempts exceeded");
    change(&app, json!({"advance": "20m"})).await;
    assert_eq!(sign_in(&app, &client, PASSWORD).await.0, 200);

    app.signed_up_user(&client, "joe", "joe@example.com").await;
    let code = app.code_to("joe@example.com").await;
    change(&app, json!({"advance": "25h"})).await;
    let confirm = json!({
        "ClientId": client.id.as_str(), "Username": "joe", "ConfirmationCode": code,
    });
    let refused = app.post_json("ConfirmSignUp", &confirm).await;
    assert_eq!(refused.json()["__type"], "ExpiredCodeException");
}

#[tokio::test]
async fn s4_tokens_of_a_future_that_was_taken_back_are_refused() {
    let app = start().await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    change(&app, json!({"advance": "30d"})).await;
    let (_, answer) = sign_in(&app, &client, PASSWORD).await;
    let access_token = answer["AuthenticationResult"]["AccessToken"].clone();
    change(&app, json!({"set": "2026-11-03T04:05:06Z"})).await;
    let get_user = json!({"AccessToken": access_token});
    let answer = app.post_json("GetUser", &get_user).await;
    assert_eq!(answer.status, 400, "{}", answer.text());
}

#[tokio::test]
async fn what_the_clock_cannot_show_and_what_makes_no_sense_is_refused_and_moves_nothing() {
    let app = start().await;
    for (body, part) in [
        (json!({"set": "1000000000-01-01T00:00:00Z"}), "RFC 3339"),
        (json!({"set": "1969-12-31T23:59:59Z"}), "1970 to 9999"),
        (json!({"set": "0000-01-01T00:00:00Z"}), "1970 to 9999"),
        (json!({"advance": "365242500000d"}), "length of time"),
        (json!({"advance": "3652425000d"}), "1970 to 9999"),
        (json!({"advance": "-1s"}), "length of time"),
        (json!({"advance": 90}), "advance is a text"),
        (json!({"freeze": "please"}), "true or false"),
        (json!({"freeze": true, "resume": true}), "not both"),
        (json!({"speed": "2"}), "no argument"),
        (json!({}), "Say set"),
        (json!([]), "not a JSON object"),
    ] {
        let answer = post(&app, "/_poolhouse/clock", &body).await;
        assert_eq!(answer.status, 400, "{body}");
        let text = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(text.contains(part), "{body}: {text}");
    }
    let clock = app.get("/_poolhouse/clock").await.json();
    assert_eq!(clock["ahead_ms"], 0);
    // The last year is fine, and so is everything that happens in it.
    change(&app, json!({"set": "9999-12-31T23:59:59.999Z"})).await;
    let pool = app.pool().await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    assert_eq!(sign_in(&app, &client, PASSWORD).await.0, 200);
}

#[tokio::test]
async fn outside_the_dev_profile_there_is_no_clock_to_move() {
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    assert_eq!(app.get("/_poolhouse/clock").await.status, 404);
    let answer = post(&app, "/_poolhouse/clock", &json!({"advance": "1h"})).await;
    assert_eq!(answer.status, 404);
    let health = app.get("/_poolhouse/health").await.json();
    assert_eq!(health["clock"], "2026-11-03T04:05:06.000Z");
}

#[tokio::test]
async fn codes_of_authenticator_apps_follow_the_clock() {
    let app = start().await;
    let pool = app.mfa_pool(MfaRequirement::Optional).await;
    let client = app.public_client(&pool).await;
    app.user(&pool, "jane").await;
    let authenticator = app.authenticator(&client, "jane").await;
    let before = authenticator.code_at(app.now());
    change(&app, json!({"advance": "1h"})).await;
    for (code, status) in [(before, 400), (authenticator.code_at(app.now()), 200)] {
        let (_, challenge) = sign_in(&app, &client, PASSWORD).await;
        assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA");
        let response = json!({
            "ClientId": client.id.as_str(),
            "ChallengeName": "SOFTWARE_TOKEN_MFA",
            "Session": challenge["Session"],
            "ChallengeResponses": {"USERNAME": "jane", "SOFTWARE_TOKEN_MFA_CODE": code},
        });
        let answer = app.post_json("RespondToAuthChallenge", &response).await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
}
