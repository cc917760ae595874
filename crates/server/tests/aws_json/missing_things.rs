//! Pools, clients, users and members that are not there, for every operation that is served.

use poolhouse_api_model::Operation;
use serde_json::{Map, Value, json};

use crate::api::Api;

async fn served(api: &Api) -> Vec<Operation> {
    let mut served = Vec::new();
    for operation in Operation::ALL {
        if api.call(operation.name(), json!({})).await.status != 501 {
            served.push(*operation);
        }
    }
    served
}

#[tokio::test]
async fn every_missing_member_is_named_in_alphabetical_order() {
    let api = Api::start().await;
    for operation in served(&api).await {
        let members = operation.input_members().iter();
        if !members.clone().any(|member| member.required) {
            continue;
        }
        let required: Vec<String> = members
            .filter(|member| member.required)
            .map(|member| {
                let path = member.path();
                format!(
                    "Value null at '{path}' failed to satisfy constraint: Member must not be null"
                )
            })
            .collect();
        let plural = if required.len() == 1 {
            "error"
        } else {
            "errors"
        };
        let expected = format!(
            "{} validation {plural} detected: {}",
            required.len(),
            required.join("; ")
        );
        let (code, text) = api.refused(operation.name(), json!({})).await;
        assert_eq!(code, "InvalidParameterException");
        assert_eq!(text, expected, "{}", operation.name());
    }
}

/// The id of no pool.
const NOWHERE: &str = "us-east-1_nothing00";

/// An input whose required members have values of the right form that name nothing.
fn plausible_input(operation: Operation) -> Value {
    let members = operation.input_members().iter();
    let values = members
        .clone()
        .filter(|member| member.required)
        .map(|member| {
            let value = match member.name {
                "UserPoolId" => json!(NOWHERE),
                "MaxResults" => json!(1),
                "AuthFlow" => json!("USER_PASSWORD_AUTH"),
                "ChallengeName" => json!("PASSWORD_VERIFIER"),
                "Password" => json!("Passw0rd!"),
                "UserAttributes" | "UserAttributeNames" | "TagKeys" => json!([]),
                "Secret" => json!("a_secret_of_nobody_at_all"),
                "AccessToken" | "Token" | "RefreshToken" => json!("a.b.c"),
                "UserCode" => json!("123456"),
                "ResourceArn" => json!(format!(
                    "arn:aws:cognito-idp:us-east-1:000000000000:userpool/{NOWHERE}"
                )),
                "Tags" => json!({}),
                "CustomAttributes" => json!([{"Name": "nothing", "AttributeDataType": "String"}]),
                _ => json!("nothing"),
            };
            (member.name.to_owned(), value)
        });
    let mut input: Map<_, _> = values.collect();
    // It takes an access token or a session, so that neither is required.
    if members.clone().any(|member| member.name == "AccessToken")
        && !input.contains_key("AccessToken")
        && !input.contains_key("ClientId")
    {
        input.insert("AccessToken".to_owned(), json!("a.b.c"));
    }
    Value::Object(input)
}

#[tokio::test]
async fn what_is_not_there_is_answered_with_a_declared_code() {
    let api = Api::start().await;
    for operation in served(&api).await {
        let name = operation.name();
        let input = plausible_input(operation);
        let answer = api.call(name, input.clone()).await;
        if matches!(
            name,
            "CreateUserPool" | "ListUserPools" | "DescribeUserPoolDomain"
        ) {
            assert_eq!(answer.status, 200, "{name}: {}", answer.text());
            continue;
        }
        let (code, text) = api.refused(name, input.clone()).await;
        let pool = input.get("UserPoolId").or(input.get("ResourceArn"));
        let expected = match (pool, input.get("ClientId")) {
            (Some(_), _) => (
                "ResourceNotFoundException",
                "User pool us-east-1_nothing00 does not exist.",
            ),
            (None, Some(_)) => (
                "ResourceNotFoundException",
                "User pool client nothing does not exist.",
            ),
            (None, None) => ("NotAuthorizedException", "Invalid Access Token"),
        };
        assert_eq!((code.as_str(), text.as_str()), expected, "{name}");
    }
}

#[tokio::test]
async fn s66_a_client_of_another_pool_is_not_there() {
    let api = Api::start().await;
    let mut pools = Vec::new();
    for name in ["a", "b"] {
        let pool = api.ok("CreateUserPool", json!({"PoolName": name})).await;
        pools.push(pool["UserPool"]["Id"].as_str().unwrap().to_owned());
    }
    let input = json!({"UserPoolId": pools[0], "ClientName": "c"});
    let client = api.ok("CreateUserPoolClient", input).await;
    let client_id = client["UserPoolClient"]["ClientId"].as_str().unwrap();
    let expected = format!("User pool client {client_id} does not exist.");
    for (operation, mut input) in [
        ("DescribeUserPoolClient", json!({})),
        ("UpdateUserPoolClient", json!({})),
        ("DeleteUserPoolClient", json!({})),
        (
            "AdminInitiateAuth",
            json!({"AuthFlow": "ADMIN_USER_PASSWORD_AUTH"}),
        ),
        (
            "AdminRespondToAuthChallenge",
            json!({"ChallengeName": "NEW_PASSWORD_REQUIRED"}),
        ),
    ] {
        input["UserPoolId"] = json!(pools[1]);
        input["ClientId"] = json!(client_id);
        let (code, text) = api.refused(operation, input).await;
        assert_eq!(code, "ResourceNotFoundException", "{operation}");
        assert_eq!(text, expected, "{operation}");
    }
}
