//! What is stored is described again, with the service's defaults.

use serde_json::{Value, json};

use crate::api::Api;

async fn create_pool(api: &Api, input: Value) -> Value {
    let pool = api.ok("CreateUserPool", input).await["UserPool"].clone();
    let described = api
        .ok("DescribeUserPool", json!({"UserPoolId": pool["Id"]}))
        .await;
    assert_eq!(described["UserPool"], pool);
    pool
}

#[tokio::test]
async fn a_pool_without_settings_has_the_defaults_of_the_service() {
    let api = Api::start().await;
    let mut pool = create_pool(&api, json!({"PoolName": "plain"})).await;
    let schema = pool["SchemaAttributes"].take();
    let id = pool["Id"].as_str().unwrap().to_owned();
    pool.as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    for name in ["Id", "Arn", "CreationDate", "LastModifiedDate"] {
        pool.as_object_mut().unwrap().remove(name);
    }
    assert_eq!(
        pool,
        json!({
            "Name": "plain",
            "Policies": {
                "PasswordPolicy": {
                    "MinimumLength": 8,
                    "RequireUppercase": true,
                    "RequireLowercase": true,
                    "RequireNumbers": true,
                    "RequireSymbols": true,
                    "TemporaryPasswordValidityDays": 7
                },
                "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}
            },
            "DeletionProtection": "INACTIVE",
            "LambdaConfig": {},
            "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
            "MfaConfiguration": "OFF",
            "EstimatedNumberOfUsers": 0,
            "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
            "UserPoolTags": {},
            "AdminCreateUserConfig": {
                "AllowAdminCreateUserOnly": false,
                "UnusedAccountValidityDays": 7
            },
            "UserPoolTier": "ESSENTIALS"
        }),
        "{id}"
    );
    assert_eq!(schema.as_array().unwrap().len(), 20);
    assert_eq!(
        schema[0],
        json!({
            "Name": "sub", "AttributeDataType": "String", "DeveloperOnlyAttribute": false,
            "Mutable": false, "Required": true,
            "StringAttributeConstraints": {"MinLength": "1", "MaxLength": "2048"}
        })
    );
}

#[tokio::test]
async fn every_setting_of_a_pool_is_described_as_it_was_given() {
    let api = Api::start().await;
    let input = json!({
        "PoolName": "full",
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 12, "RequireUppercase": false, "RequireLowercase": true,
                "RequireNumbers": true, "RequireSymbols": false,
                "TemporaryPasswordValidityDays": 3
            },
            "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}
        },
        "DeletionProtection": "ACTIVE",
        "LambdaConfig": {"PreSignUp": "arn:aws:lambda:us-east-1:000000000000:function:f"},
        "AutoVerifiedAttributes": ["email"],
        "AliasAttributes": ["email", "preferred_username"],
        "VerificationMessageTemplate": {
            "EmailMessage": "Code {####}", "EmailSubject": "Hello",
            "DefaultEmailOption": "CONFIRM_WITH_CODE"
        },
        "SmsAuthenticationMessage": "Code {####}",
        "MfaConfiguration": "OPTIONAL",
        "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
        "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": true},
        "EmailConfiguration": {
            "EmailSendingAccount": "COGNITO_DEFAULT", "ReplyToEmailAddress": "a@b.example"
        },
        "UserPoolTags": {"team": "a"},
        "AdminCreateUserConfig": {
            "AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 3,
            "InviteMessageTemplate": {
                "SMSMessage": "{username} {####}", "EmailMessage": "{username} {####}",
                "EmailSubject": "Welcome"
            }
        },
        "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"},
        "UsernameConfiguration": {"CaseSensitive": false},
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]
        },
        "UserPoolTier": "PLUS"
    });
    let pool = create_pool(&api, input.clone()).await;
    for (name, value) in input.as_object().unwrap() {
        if name != "PoolName" {
            assert_eq!(&pool[name], value, "{name}");
        }
    }
    assert_eq!(pool["EmailVerificationMessage"], "Code {####}");
    let (code, text) = api
        .refused("DeleteUserPool", json!({"UserPoolId": pool["Id"]}))
        .await;
    assert_eq!(code, "InvalidParameterException");
    assert!(text.starts_with("The user pool cannot be deleted because deletion protection"));
}

#[tokio::test]
async fn what_is_not_served_is_refused_and_not_stored() {
    let api = Api::start().await;
    for (name, value) in [
        ("DcrConfiguration", json!({"OpenDcrEnabled": true})),
        ("KeyConfiguration", json!({"KeyType": "AWS_OWNED_KEY"})),
        ("IssuerConfiguration", json!({})),
        ("AcrConfiguration", json!({})),
    ] {
        let input = json!({"PoolName": "p", name: value});
        let answer = api.call("CreateUserPool", input).await;
        assert_eq!(answer.status, 400, "{name}");
        assert!(answer.text().contains(name), "{name}: {}", answer.text());
    }
    assert_eq!(
        api.ok("ListUserPools", json!({"MaxResults": 10})).await["UserPools"],
        json!([])
    );
}

#[tokio::test]
async fn every_setting_of_a_client_is_described_as_it_was_given() {
    let api = Api::start().await;
    let pool = create_pool(&api, json!({"PoolName": "p"})).await;
    let settings = json!({
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
        "EnablePropagateAdditionalUserContextData": false,
        "AuthSessionValidity": 5,
        "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10}
    });
    let mut input = settings.clone();
    input["UserPoolId"] = pool["Id"].clone();
    input["ClientName"] = json!("app");
    input["GenerateSecret"] = json!(true);
    let client = api.ok("CreateUserPoolClient", input).await["UserPoolClient"].clone();
    let key = json!({"UserPoolId": pool["Id"], "ClientId": client["ClientId"]});
    let described = api.ok("DescribeUserPoolClient", key).await;
    assert_eq!(described["UserPoolClient"], client);
    for (name, value) in settings.as_object().unwrap() {
        assert_eq!(&client[name], value, "{name}");
    }
    assert_eq!(client["ClientSecret"].as_str().unwrap().len(), 52);
}

#[tokio::test]
async fn lists_are_paged_by_tokens_that_only_this_query_takes() {
    let api = Api::start().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        let pool = create_pool(&api, json!({"PoolName": format!("p{number}")})).await;
        ids.push(pool["Id"].as_str().unwrap().to_owned());
    }
    let mut found = Vec::new();
    let mut input = json!({"MaxResults": 2});
    let mut first_token = Value::Null;
    loop {
        let page = api.ok("ListUserPools", input.clone()).await;
        let pools = page["UserPools"].as_array().unwrap();
        found.extend(
            pools
                .iter()
                .map(|pool| pool["Id"].as_str().unwrap().to_owned()),
        );
        if page["NextToken"].is_null() {
            break;
        }
        first_token = page["NextToken"].clone();
        input["NextToken"] = page["NextToken"].clone();
    }
    ids.sort();
    assert_eq!(found, ids);
    // s60: a token of one query is none of another's.
    let foreign = json!({"UserPoolId": ids[0], "NextToken": first_token});
    let (code, _) = api.refused("ListUserPoolClients", foreign).await;
    assert_eq!(code, "InvalidParameterException");
    let forged = json!({"MaxResults": 2, "NextToken": "AAAA"});
    assert_eq!(
        api.refused("ListUserPools", forged).await.0,
        "InvalidParameterException"
    );
}
