//! Clients and domains are changed over the wire.

use poolhouse_api_model::Operation;
use serde_json::{Value, json};

use crate::api::Api;
use crate::descriptions::{create_pool, describe_client, describe_pool, lasting, sent_back};

#[tokio::test]
async fn a_described_client_sent_back_is_described_the_same() {
    let api = Api::start().await;
    let pool = create_pool(&api, json!({"PoolName": "p"})).await;
    let plain = json!({"UserPoolId": pool["Id"], "ClientName": "plain"});
    let mut full = client_settings();
    full["UserPoolId"] = pool["Id"].clone();
    full["ClientName"] = json!("full");
    full["GenerateSecret"] = json!(true);
    for input in [plain, full] {
        let client = api.ok("CreateUserPoolClient", input).await["UserPoolClient"].clone();
        let update = sent_back(Operation::UpdateUserPoolClient, &client, &[]);
        let answer = api.ok("UpdateUserPoolClient", update).await;
        assert_eq!(lasting(&answer["UserPoolClient"]), lasting(&client));
        let again = describe_client(&api, &client).await;
        assert_eq!(lasting(&again), lasting(&client));
    }
}

/// Every setting of `UpdateUserPoolClient`, off its default.
fn client_settings() -> Value {
    json!({
        "RefreshTokenValidity": 60, "AccessTokenValidity": 10, "IdTokenValidity": 20,
        "TokenValidityUnits": {
            "RefreshToken": "hours", "AccessToken": "minutes", "IdToken": "minutes"
        },
        "ReadAttributes": ["email", "name"], "WriteAttributes": ["email"],
        "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
        "SupportedIdentityProviders": ["COGNITO"],
        "CallbackURLs": ["http://localhost:3000/", "myapp://done"],
        "LogoutURLs": ["http://localhost:3000/bye"],
        "DefaultRedirectURI": "http://localhost:3000/",
        "AllowedOAuthFlows": ["code", "implicit"],
        "AllowedOAuthScopes": ["openid", "email"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "AnalyticsConfiguration": {"ApplicationId": "ab12", "UserDataShared": false},
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": false,
        "EnablePropagateAdditionalUserContextData": true,
        "AuthSessionValidity": 5,
        "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10}
    })
}

#[tokio::test]
async fn every_setting_of_a_client_is_updated_and_reset_when_it_is_left_out() {
    let api = Api::start().await;
    let pool = create_pool(&api, json!({"PoolName": "p"})).await;
    let input = json!({"UserPoolId": pool["Id"], "ClientName": "c", "GenerateSecret": true});
    let plain = api.ok("CreateUserPoolClient", input).await["UserPoolClient"].clone();
    let settings = client_settings();
    let tested = settings.as_object().unwrap();
    for member in Operation::UpdateUserPoolClient.input_members() {
        let is_no_setting = ["UserPoolId", "ClientId", "ClientName"].contains(&member.name);
        assert_ne!(
            tested.contains_key(member.name),
            is_no_setting,
            "{}",
            member.name
        );
    }
    let key = json!({"UserPoolId": pool["Id"], "ClientId": plain["ClientId"]});
    let mut input = settings.clone();
    for name in ["UserPoolId", "ClientId"] {
        input[name] = key[name].clone();
    }
    let updated = api.ok("UpdateUserPoolClient", input).await["UserPoolClient"].clone();
    assert_eq!(describe_client(&api, &plain).await, updated);
    for (name, value) in tested {
        assert_eq!(&updated[name], value, "{name}");
        assert_ne!(plain[name], *value, "{name} is tested off its default");
    }
    assert_eq!(updated["ClientSecret"], plain["ClientSecret"]);
    let reset = api.ok("UpdateUserPoolClient", key).await["UserPoolClient"].clone();
    assert_eq!(lasting(&reset), lasting(&plain));
}

#[tokio::test]
async fn a_clients_name_asks_for_a_fixed_id_as_localstacks_users_write_it() {
    let api = Api::start().await;
    let pool = create_pool(&api, json!({"PoolName": "p"})).await;
    let create = |name: &str| json!({"UserPoolId": pool["Id"], "ClientName": name});
    let client = api
        .ok("CreateUserPoolClient", create("_custom_id_:my_app"))
        .await;
    let client = client["UserPoolClient"].clone();
    assert_eq!(client["ClientId"], "my_app");
    let update = sent_back(Operation::UpdateUserPoolClient, &client, &[]);
    let updated = api.ok("UpdateUserPoolClient", update).await;
    assert_eq!(
        updated["UserPoolClient"]["ClientName"],
        "_custom_id_:my_app"
    );
    let (_, text) = api
        .refused("CreateUserPoolClient", create("_custom_id_:my_app"))
        .await;
    assert_eq!(text, "User pool client my_app already exists.");
    for name in ["_custom_id_:", "_custom_id_:no id", "_custom_id_:a\nb"] {
        let (code, text) = api.refused("CreateUserPoolClient", create(name)).await;
        assert_eq!(code, "InvalidParameterException");
        assert!(text.starts_with("What follows _custom_id_:"), "{text}");
    }
    for name in ["x:y", " _custom_id_:a", "_custom_id_"] {
        let answer = api.call("CreateUserPoolClient", create(name)).await;
        let is_pattern = answer.text().contains("regular expression pattern");
        assert_eq!(is_pattern, name.contains(':'), "{name}: {}", answer.text());
    }
    // Other members are held to their constraints all the same.
    let mut input = create("_custom_id_:other");
    input["AuthSessionValidity"] = json!(99);
    let (_, text) = api.refused("CreateUserPoolClient", input).await;
    assert!(
        text.starts_with("1 validation error") && text.contains("authSession"),
        "{text}"
    );
}

#[tokio::test]
async fn a_custom_domain_is_made_changed_and_deleted() {
    let api = Api::start().await;
    let pool = create_pool(&api, json!({"PoolName": "p"})).await;
    let certificate = |name: &str| {
        json!({
            "CertificateArn": format!("arn:aws:acm:us-east-1:000000000000:certificate/{name}"),
            "SecurityPolicy": "TLS_V1_2_2021"
        })
    };
    let input = |config: Value| {
        json!({
            "UserPoolId": pool["Id"], "Domain": "login.example.com", "CustomDomainConfig": config
        })
    };
    let made = api
        .ok("CreateUserPoolDomain", input(certificate("a")))
        .await;
    assert_eq!(made["CloudFrontDomain"], "login.example.com");
    let updated = api
        .ok("UpdateUserPoolDomain", input(certificate("b")))
        .await;
    assert_eq!(
        updated,
        json!({"ManagedLoginVersion": 1, "CloudFrontDomain": "login.example.com"})
    );
    let key = json!({"Domain": "login.example.com"});
    let described = api.ok("DescribeUserPoolDomain", key).await;
    let described = &described["DomainDescription"];
    assert_eq!(described["CustomDomainConfig"], certificate("b"));
    let (_, text) = api
        .refused("UpdateUserPoolDomain", input(Value::Null))
        .await;
    assert_eq!(text, "Cannot convert custom domain to prefix domain.");
    assert_eq!(
        describe_pool(&api, &pool["Id"]).await["CustomDomain"],
        "login.example.com"
    );
    let mut delete = input(Value::Null);
    delete.as_object_mut().unwrap().remove("CustomDomainConfig");
    api.ok("DeleteUserPoolDomain", delete.clone()).await;
    let (_, text) = api.refused("CreateUserPoolDomain", delete).await;
    assert_eq!(
        text,
        r"The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$"
    );
}

#[tokio::test]
async fn clients_that_registered_themselves_are_none() {
    let api = Api::start().await;
    let pool = create_pool(&api, json!({"PoolName": "p"})).await;
    let input = json!({"UserPoolId": pool["Id"], "ClientName": "c"});
    api.ok("CreateUserPoolClient", input).await;
    let list = |kind: &str| json!({"UserPoolId": pool["Id"], "ClientType": kind});
    for (kind, count) in [("DCR", 0), ("REGULAR", 1)] {
        let page = api.ok("ListUserPoolClients", list(kind)).await;
        assert_eq!(
            page["UserPoolClients"].as_array().unwrap().len(),
            count,
            "{kind}"
        );
    }
    let nowhere = json!({"UserPoolId": "us-east-1_nowhere", "ClientType": "DCR"});
    let (code, _) = api.refused("ListUserPoolClients", nowhere).await;
    assert_eq!(code, "ResourceNotFoundException");
}
