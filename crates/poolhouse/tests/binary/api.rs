//! Calls of the JSON API.

use std::io;

use serde_json::{Value, json};

use crate::http::Connection;

const CREDENTIALS: &str = "AWS4-HMAC-SHA256 \
    Credential=test/20260101/us-east-1/cognito-idp/aws4_request, \
    SignedHeaders=host;x-amz-date, Signature=0000";

/// What a call gave: the status and the body.
pub(crate) type Outcome = (u16, Value);

/// Calls an operation; `Err` when no whole answer came.
pub(crate) fn try_call(
    connection: &mut Connection,
    operation: &str,
    input: &Value,
) -> io::Result<Outcome> {
    let target = format!("AWSCognitoIdentityProviderService.{operation}");
    let headers = [
        ("Content-Type", "application/x-amz-json-1.1"),
        ("X-Amz-Target", target.as_str()),
        ("X-Amz-Date", "20260101T000000Z"),
        ("Authorization", CREDENTIALS),
    ];
    let answer = connection.send("POST", "/", &headers, &input.to_string())?;
    let body = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
    Ok((answer.status, body))
}

/// Calls an operation that must succeed.
pub(crate) fn call(url: &str, operation: &str, input: &Value) -> Value {
    let mut connection = Connection::open(url).expect("the server is there");
    let (status, body) = try_call(&mut connection, operation, input).expect("an answer");
    assert_eq!(status, 200, "{operation}: {body}");
    body
}

/// Makes a pool and a client that signs in by password; gives back their ids.
pub(crate) fn make_pool(url: &str) -> (String, String) {
    let pool = call(url, "CreateUserPool", &json!({"PoolName": "house"}));
    let pool_id = text(&pool["UserPool"]["Id"]);
    let client = json!({
        "UserPoolId": pool_id,
        "ClientName": "app",
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    });
    let client = call(url, "CreateUserPoolClient", &client);
    (pool_id, text(&client["UserPoolClient"]["ClientId"]))
}

/// The input of a sign-in by password.
pub(crate) fn sign_in(client_id: &str, username: &str, password: &str) -> Value {
    json!({
        "AuthFlow": "USER_PASSWORD_AUTH",
        "ClientId": client_id,
        "AuthParameters": {"USERNAME": username, "PASSWORD": password},
    })
}

/// The text of a value that must be one.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
