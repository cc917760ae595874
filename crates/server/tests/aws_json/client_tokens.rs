//! `GetClientToken` on the wire.

use serde_json::{Value, json};

use crate::api::{Api, SIGNATURE, refusal};

async fn start() -> (Api, Value) {
    let api = Api::start().await;
    let pool = api.ok("CreateUserPool", json!({"PoolName": "p"})).await;
    let pool_id = pool["UserPool"]["Id"].clone();
    let server = json!({
        "UserPoolId": pool_id, "Identifier": "api", "Name": "API",
        "Scopes": [{"ScopeName": "read", "ScopeDescription": "x"}]
    });
    api.ok("CreateResourceServer", server).await;
    let client = json!({
        "UserPoolId": pool_id, "ClientName": "machine", "GenerateSecret": true,
        "ExplicitAuthFlows": ["ALLOW_CLIENT_TOKEN_AUTH"], "AllowedOAuthScopes": ["api/read"]
    });
    let client = api.ok("CreateUserPoolClient", client).await["UserPoolClient"].clone();
    assert_eq!(
        client["ExplicitAuthFlows"],
        json!(["ALLOW_CLIENT_TOKEN_AUTH"])
    );
    (api, client)
}

#[tokio::test]
async fn the_answer_has_the_shape_of_the_service_with_or_without_a_signature() {
    let (api, client) = start().await;
    let input = json!({
        "ClientId": client["ClientId"], "Secret": client["ClientSecret"],
        "Scopes": ["api/read"], "ClientMetadata": {"k": "v"}
    });
    for authorization in [None, Some(SIGNATURE)] {
        let headers: Vec<_> = authorization
            .map(|header| ("authorization", header))
            .into_iter()
            .collect();
        let answer = api.post_json_with("GetClientToken", &input, &headers).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let mut result = answer.json()["ClientAuthenticationResult"].clone();
        let token = result.as_object_mut().unwrap().remove("AccessToken");
        assert_eq!(token.unwrap().as_str().unwrap().split('.').count(), 3);
        assert_eq!(result, json!({"ExpiresIn": 3600, "TokenType": "Bearer"}));
    }
}

#[tokio::test]
async fn refusals_are_those_of_the_service_and_print_no_secret() {
    let (api, client) = start().await;
    let other = json!({
        "UserPoolId": client["UserPoolId"], "ClientName": "web", "GenerateSecret": true
    });
    let other = api.ok("CreateUserPoolClient", other).await["UserPoolClient"].clone();
    let right = client["ClientSecret"].as_str().unwrap();
    let wrong = "wrong_wrong_wrong_wrong_wrong";
    for (id, secret, scopes, code, text) in [
        (
            &client["ClientId"],
            wrong,
            json!([]),
            "NotAuthorizedException",
            "Invalid client or secret",
        ),
        (
            &other["ClientId"],
            right,
            json!([]),
            "NotAuthorizedException",
            "Invalid client or secret",
        ),
        (
            &other["ClientId"],
            other["ClientSecret"].as_str().unwrap(),
            json!([]),
            "InvalidParameterException",
            "CLIENT_TOKEN_AUTH flow not enabled for this client",
        ),
        (
            &client["ClientId"],
            right,
            json!(["openid"]),
            "InvalidParameterException",
            "Invalid scope requested: a scope is unknown or not enabled on the client.",
        ),
    ] {
        let input = json!({"ClientId": id, "Secret": secret, "Scopes": scopes});
        let refused = api.refused("GetClientToken", input).await;
        assert_eq!(refused, (code.to_owned(), text.to_owned()));
    }
    // s67: the secret breaks its constraint and is not repeated.
    let input = json!({"ClientId": client["ClientId"], "Secret": "short and secret"});
    let answer = api.post_json("GetClientToken", &input).await;
    assert_eq!(refusal(&answer).0, "InvalidParameterException");
    assert!(
        !answer.text().contains("short and secret"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn s32_the_token_opens_no_operation_of_a_user() {
    let (api, client) = start().await;
    let input = json!({"ClientId": client["ClientId"], "Secret": client["ClientSecret"]});
    let result = api.ok("GetClientToken", input).await;
    let token = &result["ClientAuthenticationResult"]["AccessToken"];
    for operation in ["GetUser", "GlobalSignOut"] {
        let refused = api.refused(operation, json!({"AccessToken": token})).await;
        let expected = (
            "NotAuthorizedException".to_owned(),
            "Access Token does not have required scopes".to_owned(),
        );
        assert_eq!(refused, expected, "{operation}");
    }
}
