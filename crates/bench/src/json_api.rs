//! Calls of the JSON API.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::http::{Connection, Request};

/// Credentials in the form of a signature; the dev profile looks at no more.
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 \
    Credential=bench/20260101/us-east-1/cognito-idp/aws4_request, \
    SignedHeaders=host;x-amz-date, Signature=0";

/// A call of an operation by its name in the API.
pub(crate) fn request(operation: &str, input: &Value) -> Request {
    let media_type = "application/x-amz-json-1.1";
    Request::post("/", media_type, input.to_string())
        .with_header(
            "x-amz-target",
            &format!("AWSCognitoIdentityProviderService.{operation}"),
        )
        .with_header("authorization", AUTHORIZATION)
        .with_header("x-amz-date", "20260101T000000Z")
}

/// Calls an operation and reads its answer.
///
/// # Errors
/// When it is refused.
pub(crate) fn call(connection: &mut Connection, operation: &str, input: &Value) -> Result<Value> {
    let answer = connection.send(&request(operation, input))?.expect(200);
    let answer = answer.with_context(|| operation.to_owned())?;
    Ok(serde_json::from_str(&answer.body)?)
}

/// Reads a text of an answer by its JSON pointer.
///
/// # Errors
/// When it is not there.
pub(crate) fn text(answer: &Value, pointer: &str) -> Result<String> {
    let text = answer.pointer(pointer).and_then(Value::as_str);
    Ok(text.with_context(|| format!("no {pointer}"))?.to_owned())
}

/// Starts a sign-in.
///
/// # Errors
/// When it is refused.
pub(crate) fn initiate_auth(
    connection: &mut Connection,
    client_id: &str,
    flow: &str,
    parameters: &Value,
) -> Result<Value> {
    let input = json!({
        "ClientId": client_id,
        "AuthFlow": flow,
        "AuthParameters": parameters,
    });
    call(connection, "InitiateAuth", &input)
}
