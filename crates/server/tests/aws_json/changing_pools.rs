//! Pools are changed over the wire.

use poolhouse_api_model::Operation;
use serde_json::{Value, json};

use crate::api::Api;
use crate::descriptions::{create_pool, describe_pool, lasting, sent_back};

/// Every setting of `UpdateUserPool` that is served, off its default.
fn pool_settings() -> Value {
    json!({
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
        "SmsVerificationMessage": "Code {####}",
        "EmailVerificationMessage": "Code {####}",
        "EmailVerificationSubject": "Hello",
        "VerificationMessageTemplate": {
            "EmailMessage": "Code {####}", "EmailSubject": "Hello",
            "SmsMessage": "Code {####}", "DefaultEmailOption": "CONFIRM_WITH_CODE"
        },
        "SmsAuthenticationMessage": "Code {####}",
        "MfaConfiguration": "OPTIONAL",
        "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
        "DeviceConfiguration": {"ChallengeRequiredOnNewDevice": true},
        "EmailConfiguration": {
            "EmailSendingAccount": "COGNITO_DEFAULT", "ReplyToEmailAddress": "a@b.example"
        },
        "SmsConfiguration": {
            "SnsCallerArn": "arn:aws:iam::000000000000:role/sms", "ExternalId": "e"
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
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]
        },
        "UserPoolTier": "PLUS"
    })
}

/// Members of `UpdateUserPool` that are no settings, or refused.
const NO_SETTINGS: [&str; 6] = [
    "UserPoolId",
    "PoolName",
    "DcrConfiguration",
    "KeyConfiguration",
    "IssuerConfiguration",
    "AcrConfiguration",
];

#[tokio::test]
async fn a_described_pool_sent_back_is_described_the_same() {
    let api = Api::start().await;
    let mut full = pool_settings();
    full["PoolName"] = json!("full");
    full["AliasAttributes"] = json!(["email", "preferred_username"]);
    full["UsernameConfiguration"] = json!({"CaseSensitive": false});
    full["Schema"] = json!([{"Name": "tier", "AttributeDataType": "Number"}]);
    for input in [json!({"PoolName": "plain"}), full] {
        let pool = create_pool(&api, input).await;
        let own = [("UserPoolId", &pool["Id"]), ("PoolName", &pool["Name"])];
        let update = sent_back(Operation::UpdateUserPool, &pool, &own);
        let answer = api.ok("UpdateUserPool", update).await;
        assert_eq!(answer, json!({}));
        let again = describe_pool(&api, &pool["Id"]).await;
        assert_eq!(lasting(&again), lasting(&pool));
    }
}

#[tokio::test]
async fn every_setting_of_a_pool_is_updated_and_reset_when_it_is_left_out() {
    let api = Api::start().await;
    let plain = create_pool(&api, json!({"PoolName": "plain"})).await;
    let settings = pool_settings();
    let tested = settings.as_object().unwrap();
    for member in Operation::UpdateUserPool.input_members() {
        let is_tested = tested.contains_key(member.name);
        let is_no_setting = NO_SETTINGS.contains(&member.name);
        assert_ne!(is_tested, is_no_setting, "{}", member.name);
    }
    let mut input = settings.clone();
    input["UserPoolId"] = plain["Id"].clone();
    api.ok("UpdateUserPool", input).await;
    let updated = describe_pool(&api, &plain["Id"]).await;
    for (name, value) in tested {
        assert_eq!(&updated[name], value, "{name}");
        assert_ne!(plain[name], *value, "{name} is tested off its default");
    }
    let nothing = json!({"UserPoolId": plain["Id"]});
    api.ok("UpdateUserPool", nothing).await;
    let reset = describe_pool(&api, &plain["Id"]).await;
    assert_eq!(lasting(&reset), lasting(&plain));
}

#[tokio::test]
async fn what_is_not_served_is_not_updated_either() {
    let api = Api::start().await;
    let pool = create_pool(&api, json!({"PoolName": "p"})).await;
    for (name, value) in [
        ("DcrConfiguration", json!({"OpenDcrEnabled": true})),
        ("KeyConfiguration", json!({"KeyType": "AWS_OWNED_KEY"})),
        ("IssuerConfiguration", json!({})),
        ("AcrConfiguration", json!({})),
    ] {
        let input = json!({"UserPoolId": pool["Id"], "PoolName": "q", name: value});
        let (code, text) = api.refused("UpdateUserPool", input).await;
        assert_eq!(code, "InvalidParameterException", "{name}");
        assert!(text.contains(name), "{text}");
    }
    assert_eq!(describe_pool(&api, &pool["Id"]).await, pool);
}

#[tokio::test]
async fn two_numbers_of_days_for_temporary_passwords_must_agree() {
    let api = Api::start().await;
    let pool = create_pool(&api, json!({"PoolName": "p"})).await;
    let days = |policy: i64, older: i64| {
        json!({
            "UserPoolId": pool["Id"],
            "Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": policy}},
            "AdminCreateUserConfig": {"UnusedAccountValidityDays": older}
        })
    };
    let (code, text) = api.refused("UpdateUserPool", days(3, 7)).await;
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(
        text,
        "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of \
         UnusedAccountValidityDays"
    );
    for (policy, older) in [(3, 3), (4, 0)] {
        api.ok("UpdateUserPool", days(policy, older)).await;
        let described = describe_pool(&api, &pool["Id"]).await;
        let given = &described["Policies"]["PasswordPolicy"]["TemporaryPasswordValidityDays"];
        assert_eq!(given, &json!(policy));
    }
}

#[tokio::test]
async fn custom_attributes_are_added_within_the_limits_of_the_service() {
    let api = Api::start().await;
    let pool = create_pool(&api, json!({"PoolName": "p"})).await;
    let add = |attributes: Value| json!({"UserPoolId": pool["Id"], "CustomAttributes": attributes});
    let attributes = json!([
        {"Name": "tier", "AttributeDataType": "Number", "Mutable": false,
         "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "5"}},
        {"Name": "role", "AttributeDataType": "String", "DeveloperOnlyAttribute": true}
    ]);
    let answer = api.ok("AddCustomAttributes", add(attributes)).await;
    assert_eq!(answer, json!({}));
    let described = describe_pool(&api, &pool["Id"]).await;
    let schema = described["SchemaAttributes"].as_array().unwrap();
    assert_eq!(
        schema[schema.len() - 2..],
        [
            json!({
                "Name": "custom:tier", "AttributeDataType": "Number",
                "DeveloperOnlyAttribute": false, "Mutable": false, "Required": false,
                "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "5"}
            }),
            json!({
                "Name": "dev:custom:role", "AttributeDataType": "String",
                "DeveloperOnlyAttribute": true, "Mutable": true, "Required": false,
                "StringAttributeConstraints": {}
            })
        ]
    );
    let text = |name: &str| json!({"Name": name, "AttributeDataType": "String"});
    let many: Vec<Value> = (0..26).map(|n| text(&format!("a{n}"))).collect();
    for (attributes, expected) in [
        (
            json!([]),
            "Member must have length greater than or equal to 1",
        ),
        (
            json!(many),
            "Member must have length less than or equal to 25",
        ),
        (
            json!([text("a name too long for it")]),
            "Member must have length less than or equal to 20",
        ),
        (json!([text("a b")]), "regular expression pattern"),
        (
            json!([text("tier")]),
            "custom:tier: Existing attribute already has name custom:tier.",
        ),
        (json!([{"AttributeDataType": "String"}]), "must have a name"),
        (json!([{"Name": "x"}]), "Invalid AttributeDataType input"),
        (
            json!([{"Name": "x", "AttributeDataType": "String", "Required": true}]),
            "Required custom attributes are not supported currently.",
        ),
        (
            json!([{"Name": "x", "AttributeDataType": "String",
                    "StringAttributeConstraints": {"MinLength": "-1"}}]),
            "Invalid StringAttributeConstraints for schema attribute custom:x",
        ),
    ] {
        let (code, given) = api.refused("AddCustomAttributes", add(attributes)).await;
        assert_eq!(code, "InvalidParameterException");
        assert!(given.contains(expected), "{expected}: {given}");
    }
}

#[tokio::test]
async fn tags_are_written_and_read_by_the_pools_arn() {
    let api = Api::start().await;
    let pool = create_pool(
        &api,
        json!({"PoolName": "p", "UserPoolTags": {"team": "a"}}),
    )
    .await;
    let arn = &pool["Arn"];
    let tag = json!({"ResourceArn": arn, "Tags": {"stage": "test"}});
    assert_eq!(api.ok("TagResource", tag).await, json!({}));
    let listed = api
        .ok("ListTagsForResource", json!({"ResourceArn": arn}))
        .await;
    assert_eq!(listed, json!({"Tags": {"stage": "test", "team": "a"}}));
    let untag = json!({"ResourceArn": arn, "TagKeys": ["team"]});
    assert_eq!(api.ok("UntagResource", untag).await, json!({}));
    let described = describe_pool(&api, &pool["Id"]).await;
    assert_eq!(described["UserPoolTags"], json!({"stage": "test"}));
    let long = "k".repeat(129);
    for (tags, expected) in [
        (json!({long: "v"}), "Map keys must satisfy constraint"),
        (json!({"": "v"}), "Map keys must satisfy constraint"),
        (
            json!({"k": "v".repeat(257)}),
            "Map value must satisfy constraint",
        ),
        (json!({"aws:k": "v"}), "Tag keys cannot start with aws:"),
        (json!({"k": "a\r\nb"}), "Tag keys and values can hold"),
    ] {
        let input = json!({"ResourceArn": arn, "Tags": tags});
        let (code, text) = api.refused("TagResource", input).await;
        assert_eq!(code, "InvalidParameterException");
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let input = json!({"PoolName": "p", "UserPoolTags": {"aws:k": "v"}});
    let (code, _) = api.refused("CreateUserPool", input).await;
    assert_eq!(code, "UserPoolTaggingException");
    let other = "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_a";
    let (code, text) = api
        .refused("ListTagsForResource", json!({"ResourceArn": other}))
        .await;
    assert_eq!(code, "ResourceNotFoundException");
    assert_eq!(text, "User pool us-east-1_a does not exist.");
    let role = "arn:aws:iam::000000000000:role/a";
    let (code, _) = api
        .refused("ListTagsForResource", json!({"ResourceArn": role}))
        .await;
    assert_eq!(code, "InvalidParameterException");
}
