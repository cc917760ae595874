//! Resource servers on the wire.

use serde_json::{Value, json};

use crate::api::Api;

async fn start() -> (Api, Value) {
    let api = Api::start().await;
    let pool = api.ok("CreateUserPool", json!({"PoolName": "p"})).await;
    let pool_id = pool["UserPool"]["Id"].clone();
    (api, pool_id)
}

#[tokio::test]
async fn a_resource_server_is_described_as_it_was_given() {
    let (api, pool) = start().await;
    let input = json!({
        "UserPoolId": pool, "Identifier": "https://api.example.com/v1", "Name": "Solar system",
        "Scopes": [
            {"ScopeName": "asteroids.add", "ScopeDescription": "add asteroids"},
            {"ScopeName": "sun.read", "ScopeDescription": "where the sun is"}
        ]
    });
    let made = api.ok("CreateResourceServer", input.clone()).await;
    assert_eq!(made, json!({"ResourceServer": input}));
    let key = json!({"UserPoolId": pool, "Identifier": input["Identifier"]});
    let described = api.ok("DescribeResourceServer", key.clone()).await;
    assert_eq!(described, made);
    let listed = api
        .ok("ListResourceServers", json!({"UserPoolId": pool}))
        .await;
    assert_eq!(listed, json!({"ResourceServers": [input]}));
    // What an update leaves out falls back to its default.
    let mut change = key.clone();
    change["Name"] = json!("Renamed");
    let changed = api.ok("UpdateResourceServer", change).await;
    assert_eq!(changed["ResourceServer"]["Name"], "Renamed");
    assert_eq!(changed["ResourceServer"]["Scopes"], json!([]));
    let answer = api.call("DeleteResourceServer", key.clone()).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, ""));
    let gone = (
        "ResourceNotFoundException".to_owned(),
        "Resource server https://api.example.com/v1 does not exist.".to_owned(),
    );
    assert_eq!(
        api.refused("DescribeResourceServer", key.clone()).await,
        gone
    );
    assert_eq!(api.refused("DeleteResourceServer", key).await, gone);
}

#[tokio::test]
async fn an_identifier_is_given_once_and_scopes_are_well_formed() {
    let (api, pool) = start().await;
    let input = |identifier: &str, scope: &str| {
        json!({
            "UserPoolId": pool, "Identifier": identifier, "Name": "API",
            "Scopes": [{"ScopeName": scope, "ScopeDescription": "x"}]
        })
    };
    api.ok("CreateResourceServer", input("api", "read")).await;
    let (code, text) = api
        .refused("CreateResourceServer", input("api", "read"))
        .await;
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(
        text,
        format!(
            "api already exists in user pool {}.",
            pool.as_str().unwrap()
        )
    );
    for (identifier, scope) in [
        ("", "read"),
        ("a b", "read"),
        ("a\"b", "read"),
        ("a\\b", "read"),
        ("a\nb", "read"),
        ("other", ""),
        ("other", "a/b"),
        ("other", "a b"),
        ("other", "\u{e4}"),
    ] {
        let refused = api
            .refused("CreateResourceServer", input(identifier, scope))
            .await;
        assert_eq!(
            refused.0, "InvalidParameterException",
            "{identifier:?} {scope:?}"
        );
    }
    let many: Vec<Value> = (0..101)
        .map(|n| json!({"ScopeName": format!("s{n}"), "ScopeDescription": "x"}))
        .collect();
    let mut too_many = input("other", "read");
    too_many["Scopes"] = json!(many);
    let refused = api.refused("CreateResourceServer", too_many).await;
    assert_eq!(refused.0, "InvalidParameterException");
    let listed = api
        .ok("ListResourceServers", json!({"UserPoolId": pool}))
        .await;
    assert_eq!(listed["ResourceServers"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn clients_are_refused_scopes_and_flows_with_the_codes_of_the_service() {
    let (api, pool) = start().await;
    let server = json!({
        "UserPoolId": pool, "Identifier": "api", "Name": "API",
        "Scopes": [{"ScopeName": "read", "ScopeDescription": "x"}]
    });
    api.ok("CreateResourceServer", server).await;
    let client = |flows: Value, scopes: Value, has_secret: bool| {
        json!({
            "UserPoolId": pool, "ClientName": "c", "GenerateSecret": has_secret,
            "AllowedOAuthFlows": flows, "AllowedOAuthScopes": scopes,
            "AllowedOAuthFlowsUserPoolClient": true, "CallbackURLs": ["http://localhost:3000/"]
        })
    };
    let machine = json!(["client_credentials"]);
    for (input, code, text) in [
        (
            client(json!(["code"]), json!(["openid", "api/write"]), false),
            "ScopeDoesNotExistException",
            "Invalid scope requested: api/write",
        ),
        (
            client(machine.clone(), json!(["api/read"]), false),
            "InvalidOAuthFlowException",
            "client_credentials flow can not be selected if client does not have a client secret.",
        ),
        (
            client(
                json!(["client_credentials", "code"]),
                json!(["api/read"]),
                true,
            ),
            "InvalidOAuthFlowException",
            "client_credentials flow can not be selected along with code flow or implicit flow.",
        ),
        (
            client(machine.clone(), json!(["openid"]), true),
            "InvalidOAuthFlowException",
            "openid is not supported with client_credentials flow",
        ),
    ] {
        let refused = api.refused("CreateUserPoolClient", input).await;
        assert_eq!(refused, (code.to_owned(), text.to_owned()));
    }
    let made = client(machine.clone(), json!(["api/read"]), true);
    let made = api.ok("CreateUserPoolClient", made).await;
    assert_eq!(made["UserPoolClient"]["AllowedOAuthFlows"], machine);
    assert_eq!(
        made["UserPoolClient"]["AllowedOAuthScopes"],
        json!(["api/read"])
    );
}
