//! Bodies that nobody's SDK sends.

use axum::body::Body;
use http::Request;
use poolhouse_testkit::DoorAnswer;
use serde_json::json;

use crate::api::{Api, refusal};

async fn send(api: &Api, body: impl Into<Body>) -> DoorAnswer {
    let target = "AWSCognitoIdentityProviderService.SignUp";
    let request = Request::post("/").header("x-amz-target", target);
    api.send(request.body(body.into()).unwrap()).await
}

#[tokio::test]
async fn s57_a_body_that_is_no_json_object_of_the_right_types_is_refused() {
    let api = Api::start().await;
    let bodies: [&[u8]; 13] = [
        b"[]",
        b"\"text\"",
        b"42",
        b"{",
        b"{} {}",
        b"{\"ClientId\":",
        b"{\"ClientId\":{}}",
        b"{\"ClientId\":[]}",
        b"{\"ClientId\":true}",
        b"{\"ClientId\":1e999}",
        b"{\"ClientId\":\"\xff\xfe\"}",
        b"{\"ClientId\":\"a\",\"ClientId\":\"b\"}",
        b"{\"ClientId\":\"\\ud800\"}",
    ];
    for body in bodies {
        let answer = send(&api, body).await;
        let shown = String::from_utf8_lossy(body);
        assert_eq!(answer.status, 400, "{shown}");
        assert_eq!(refusal(&answer).0, "SerializationException", "{shown}");
    }
}

#[tokio::test]
async fn s57_deep_nesting_is_refused() {
    let api = Api::start().await;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let depth = 100_000;
        let nested = format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let body = format!("{{\"Unknown\":{nested}}}");
        let answer = send(&api, body).await;
        assert_eq!(answer.status, 400);
        assert_eq!(refusal(&answer).0, "SerializationException");
    }
}

#[tokio::test]
async fn s57_a_body_over_one_megabyte_is_refused() {
    let api = Api::start().await;
    let body = json!({"ClientId": "a".repeat(1 << 20)}).to_string();
    let answer = send(&api, body).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn s38_a_megabyte_password_costs_no_hash() {
    let api = Api::start().await;
    let password = "aA1!".repeat(200_000);
    let input = json!({"ClientId": "c", "Username": "u", "Password": password});
    let (code, text) = api.refused("SignUp", input).await;
    assert_eq!(code, "InvalidParameterException");
    assert!(text.contains("'password' failed to satisfy constraint: Member must have length"));
    assert!(!text.contains("aA1!"));
}

#[tokio::test]
async fn the_example_of_the_service_is_answered_word_for_word() {
    let api = Api::start().await;
    let input = json!({"ClientId": "c", "Username": "", "Password": ""});
    let (code, text) = api.refused("SignUp", input).await;
    assert_eq!(code, "InvalidParameterException");
    assert!(
        text.contains(
            "Value at 'username' failed to satisfy constraint: Member must have length greater \
             than or equal to 1; Value at 'username' failed to satisfy constraint: Member must \
             satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+"
        ),
        "{text}"
    );
}
