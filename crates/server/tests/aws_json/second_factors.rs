//! Authenticator apps over the wire: shapes, codes and texts.

use poolhouse_model::{SecretString, Ttl};
use poolhouse_testkit::TestAuthenticator;
use serde_json::{Value, json};

use crate::api::Api;

const PASSWORD: &str = "Correct-Horse-1";

struct House {
    api: Api,
    pool: Value,
    client: Value,
}

impl House {
    async fn build(mfa: &str) -> Self {
        let api = Api::start().await;
        let created = api.ok("CreateUserPool", json!({"PoolName": "p"})).await;
        let pool = created["UserPool"]["Id"].clone();
        if mfa != "OFF" {
            let config = json!({
                "UserPoolId": pool, "MfaConfiguration": mfa,
                "SoftwareTokenMfaConfiguration": {"Enabled": true}
            });
            api.ok("SetUserPoolMfaConfig", config).await;
        }
        let input = json!({
            "UserPoolId": pool, "ClientName": "c",
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        });
        let client = api.ok("CreateUserPoolClient", input).await;
        let house = Self {
            client: client["UserPoolClient"]["ClientId"].clone(),
            api,
            pool,
        };
        house.make_user("ann").await;
        house
    }

    async fn make_user(&self, name: &str) {
        let user = json!({"UserPoolId": self.pool, "Username": name, "MessageAction": "SUPPRESS"});
        self.api.ok("AdminCreateUser", user).await;
        let password = json!({
            "UserPoolId": self.pool, "Username": name, "Password": PASSWORD, "Permanent": true
        });
        self.api.ok("AdminSetUserPassword", password).await;
    }

    async fn sign_in(&self, name: &str) -> Value {
        let input = json!({
            "ClientId": self.client, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": name, "PASSWORD": PASSWORD}
        });
        self.api.ok("InitiateAuth", input).await
    }

    fn answer(&self, challenge: &str, session: &Value, code: &str) -> Value {
        json!({
            "ClientId": self.client, "ChallengeName": challenge, "Session": session,
            "ChallengeResponses": {"USERNAME": "ann", "SOFTWARE_TOKEN_MFA_CODE": code}
        })
    }

    fn user(&self) -> Value {
        json!({"UserPoolId": self.pool, "Username": "ann"})
    }
}

fn app_of(associated: &Value) -> TestAuthenticator {
    let code = associated["SecretCode"].as_str().unwrap();
    assert_eq!(code.len(), 52);
    TestAuthenticator::of(&SecretString::from(code))
}

fn pair(code: &str, text: &str) -> (String, String) {
    (code.to_owned(), text.to_owned())
}

#[tokio::test]
async fn a_signed_in_user_sets_an_app_up_and_signs_in_with_it() {
    let house = House::build("OPTIONAL").await;
    let api = &house.api;
    let tokens = house.sign_in("ann").await["AuthenticationResult"].clone();
    let by_token = json!({"AccessToken": tokens["AccessToken"]});
    let associated = api.ok("AssociateSoftwareToken", by_token.clone()).await;
    assert!(associated.get("Session").is_none());
    let app = app_of(&associated);
    let verify = |code: &str| {
        json!({
            "AccessToken": tokens["AccessToken"], "UserCode": code,
            "FriendlyDeviceName": "Ann's phone"
        })
    };
    assert_eq!(
        api.refused("VerifySoftwareToken", verify(&app.wrong_code(api)))
            .await,
        pair(
            "EnableSoftwareTokenMFAException",
            "Code mismatch and fail enable Software Token MFA"
        )
    );
    let verified = api.ok("VerifySoftwareToken", verify(&app.code(api))).await;
    assert_eq!(verified, json!({"Status": "SUCCESS"}));
    let user = api.ok("GetUser", by_token.clone()).await;
    assert!(user.get("UserMFASettingList").is_none());
    assert!(user.get("PreferredMfaSetting").is_none());
    let preference = json!({
        "AccessToken": tokens["AccessToken"],
        "SoftwareTokenMfaSettings": {"Enabled": true, "PreferredMfa": true}
    });
    assert_eq!(api.ok("SetUserMFAPreference", preference).await, json!({}));
    let by_admin = api.ok("AdminGetUser", house.user()).await;
    for user in [api.ok("GetUser", by_token.clone()).await, by_admin] {
        assert_eq!(user["UserMFASettingList"], json!(["SOFTWARE_TOKEN_MFA"]));
        assert_eq!(user["PreferredMfaSetting"], "SOFTWARE_TOKEN_MFA");
        assert!(user.get("MFAOptions").is_none());
    }
    let asked = house.sign_in("ann").await;
    assert_eq!(asked["ChallengeName"], "SOFTWARE_TOKEN_MFA");
    assert_eq!(
        asked["ChallengeParameters"],
        json!({"FRIENDLY_DEVICE_NAME": "Ann's phone", "USER_ID_FOR_SRP": "ann"})
    );
    assert!(asked.get("AuthenticationResult").is_none());
    let answer = |code: &str| house.answer("SOFTWARE_TOKEN_MFA", &asked["Session"], code);
    let wrong = answer(&app.wrong_code(api));
    assert_eq!(
        api.refused("RespondToAuthChallenge", wrong).await,
        pair("CodeMismatchException", "Invalid code received for user")
    );
    assert_eq!(
        api.refused("RespondToAuthChallenge", answer(&app.code(api)))
            .await,
        pair(
            "ExpiredCodeException",
            "Your software token has already been used once."
        )
    );
    let right = answer(&app.next_code(api));
    let tokens = api.ok("RespondToAuthChallenge", right).await;
    assert!(tokens["AuthenticationResult"]["AccessToken"].is_string());
    assert_eq!(tokens["ChallengeParameters"], json!({}));
}

#[tokio::test]
async fn a_pool_that_requires_mfa_leads_through_the_setup() {
    let house = House::build("ON").await;
    let api = &house.api;
    let asked = house.sign_in("ann").await;
    assert_eq!(asked["ChallengeName"], "MFA_SETUP");
    assert_eq!(
        asked["ChallengeParameters"],
        json!({"MFAS_CAN_SETUP": "[\"SOFTWARE_TOKEN_MFA\"]", "USER_ID_FOR_SRP": "ann"})
    );
    let by_session = json!({"Session": asked["Session"]});
    let associated = api.ok("AssociateSoftwareToken", by_session.clone()).await;
    assert_eq!(
        api.refused("AssociateSoftwareToken", by_session).await,
        pair(
            "NotAuthorizedException",
            "Invalid session for the user, session can only be used once."
        )
    );
    let app = app_of(&associated);
    let verify = json!({"Session": associated["Session"], "UserCode": app.code(api)});
    let verified = api.ok("VerifySoftwareToken", verify).await;
    assert_eq!(verified["Status"], "SUCCESS");
    let unfinished = house.answer("MFA_SETUP", &asked["Session"], "");
    assert_eq!(
        api.refused("RespondToAuthChallenge", unfinished).await,
        pair("NotAuthorizedException", "Invalid session for the user.")
    );
    let finish = house.answer("MFA_SETUP", &verified["Session"], "");
    let tokens = api.ok("RespondToAuthChallenge", finish).await;
    let access_token = &tokens["AuthenticationResult"]["AccessToken"];
    let factors = api
        .ok("GetUserAuthFactors", json!({"AccessToken": access_token}))
        .await;
    let expected = json!({
        "Username": "ann", "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
        "UserMFASettingList": ["SOFTWARE_TOKEN_MFA"], "ConfiguredUserAuthFactors": ["PASSWORD"]
    });
    assert_eq!(factors, expected);
    let by_admin = api.ok("AdminGetUserAuthFactors", house.user()).await;
    assert_eq!(by_admin, expected);
    api.clock.advance(Ttl::from_secs(30));
    let deleted = api.ok("AdminDeleteSoftwareToken", house.user()).await;
    assert_eq!(deleted, json!({}));
    assert_eq!(house.sign_in("ann").await["ChallengeName"], "MFA_SETUP");
}

#[tokio::test]
async fn what_a_pool_asks_for_is_told_as_it_was_set() {
    let house = House::build("OFF").await;
    let api = &house.api;
    let pool_only = json!({"UserPoolId": house.pool});
    assert_eq!(
        api.ok("GetUserPoolMfaConfig", pool_only.clone()).await,
        json!({"MfaConfiguration": "OFF"})
    );
    let full = json!({
        "MfaConfiguration": "OPTIONAL",
        "SoftwareTokenMfaConfiguration": {"Enabled": true},
        "SmsMfaConfiguration": {
            "SmsAuthenticationMessage": "Your code is {####}",
            "SmsConfiguration": {
                "SnsCallerArn": "arn:aws:iam::000000000000:role/sms", "ExternalId": "x"
            }
        },
        "EmailMfaConfiguration": {"Message": "Code {####}", "Subject": "Your code"},
        "WebAuthnConfiguration": {"RelyingPartyId": "example.com", "UserVerification": "required"}
    });
    let mut input = full.clone();
    input["UserPoolId"] = house.pool.clone();
    assert_eq!(api.ok("SetUserPoolMfaConfig", input).await, full);
    assert_eq!(
        api.ok("GetUserPoolMfaConfig", pool_only.clone()).await,
        full
    );
    let described = api.ok("DescribeUserPool", pool_only.clone()).await["UserPool"].clone();
    assert_eq!(described["MfaConfiguration"], "OPTIONAL");
    assert_eq!(described["SmsAuthenticationMessage"], "Your code is {####}");
    assert_eq!(described["SmsConfiguration"]["ExternalId"], "x");
    for (input, text) in [
        (
            json!({"MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": {"Enabled": true}}),
            "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
        ),
        (
            json!({"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": false}}),
            "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be \
             enabled.",
        ),
        (
            json!({"MfaConfiguration": "MAYBE"}),
            "1 validation error detected: Value 'MAYBE' at 'mfaConfiguration' failed to satisfy \
             constraint: Member must satisfy enum value set: [OFF, ON, OPTIONAL]",
        ),
    ] {
        let mut input = input;
        input["UserPoolId"] = house.pool.clone();
        assert_eq!(
            api.refused("SetUserPoolMfaConfig", input).await,
            pair("InvalidParameterException", text)
        );
    }
    let off = json!({"UserPoolId": house.pool, "MfaConfiguration": "OFF"});
    let off = api.ok("SetUserPoolMfaConfig", off).await;
    // Passkeys are no second factor: their settings stay.
    assert_eq!(
        off,
        json!({
            "MfaConfiguration": "OFF", "WebAuthnConfiguration": full["WebAuthnConfiguration"]
        })
    );
}

#[tokio::test]
async fn a_pool_that_was_created_with_sms_asks_for_sms_and_says_that_it_cannot() {
    let house = House::build("OFF").await;
    let api = &house.api;
    let sms = json!({"SnsCallerArn": "arn:aws:iam::000000000000:role/sms"});
    for (has_sms, named) in [
        (true, "SmsMfaConfiguration"),
        (false, "SoftwareTokenMfaConfiguration"),
    ] {
        let mut input = json!({"PoolName": "p", "MfaConfiguration": "ON"});
        if has_sms {
            input["SmsConfiguration"] = sms.clone();
        }
        let pool = api.ok("CreateUserPool", input).await["UserPool"]["Id"].clone();
        let input = json!({
            "UserPoolId": pool, "ClientName": "c",
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]
        });
        let client = api.ok("CreateUserPoolClient", input).await;
        let user = json!({
            "UserPoolId": pool, "Username": "ann", "MessageAction": "SUPPRESS",
            "TemporaryPassword": PASSWORD,
            "UserAttributes": [{"Name": "phone_number", "Value": "+15550100"}]
        });
        api.ok("AdminCreateUser", user).await;
        let password = json!({
            "UserPoolId": pool, "Username": "ann", "Password": PASSWORD, "Permanent": true
        });
        api.ok("AdminSetUserPassword", password).await;
        let sign_in = json!({
            "ClientId": client["UserPoolClient"]["ClientId"], "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": "ann", "PASSWORD": PASSWORD}
        });
        let (code, text) = api.refused("InitiateAuth", sign_in).await;
        assert_eq!(code, "InvalidParameterException");
        assert!(text.contains(named), "{text}");
        let config = api
            .ok("GetUserPoolMfaConfig", json!({"UserPoolId": pool}))
            .await;
        assert_eq!(config.get("SmsMfaConfiguration").is_some(), has_sms);
    }
}

#[tokio::test]
async fn an_app_that_is_not_there_is_answered_in_the_words_of_each_operation() {
    let house = House::build("OPTIONAL").await;
    let api = &house.api;
    let tokens = house.sign_in("ann").await["AuthenticationResult"].clone();
    let on = json!({"Enabled": true, "PreferredMfa": true});
    let by_user =
        json!({"AccessToken": tokens["AccessToken"], "SoftwareTokenMfaSettings": on.clone()});
    assert_eq!(
        api.refused("SetUserMFAPreference", by_user.clone()).await,
        pair(
            "InvalidParameterException",
            "User has not set up software token mfa"
        )
    );
    let by_token = json!({"AccessToken": tokens["AccessToken"]});
    api.ok("AssociateSoftwareToken", by_token.clone()).await;
    assert_eq!(
        api.refused("SetUserMFAPreference", by_user).await,
        pair(
            "InvalidParameterException",
            "User has not verified software token mfa"
        )
    );
    let mut by_admin = house.user();
    by_admin["SoftwareTokenMfaSettings"] = on;
    assert_eq!(
        api.refused("AdminSetUserMFAPreference", by_admin).await,
        pair(
            "InvalidParameterException",
            "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"
        )
    );
    for member in ["SMSMfaSettings", "EmailMfaSettings", "WebAuthnMfaSettings"] {
        let mut input = by_token.clone();
        input[member] = json!({"Enabled": true});
        let (code, text) = api.refused("SetUserMFAPreference", input).await;
        assert_eq!(code, "InvalidParameterException");
        assert!(text.starts_with(member), "{text}");
    }
    let off = json!({"UserPoolId": house.pool, "MfaConfiguration": "OFF"});
    api.ok("SetUserPoolMfaConfig", off).await;
    let verify = json!({"AccessToken": tokens["AccessToken"], "UserCode": "123456"});
    for (operation, input) in [
        ("AssociateSoftwareToken", by_token),
        ("VerifySoftwareToken", verify),
    ] {
        assert_eq!(
            api.refused(operation, input).await,
            pair(
                "SoftwareTokenMFANotFoundException",
                "Software Token MFA has not been enabled by the userPool"
            )
        );
    }
}

#[tokio::test]
async fn s57_hostile_inputs_get_a_declared_error() {
    let house = House::build("OPTIONAL").await;
    let api = &house.api;
    let tokens = house.sign_in("ann").await["AuthenticationResult"].clone();
    let token = &tokens["AccessToken"];
    let session = "x".repeat(40);
    for (operation, input, expected) in [
        (
            "AssociateSoftwareToken",
            json!({}),
            "InvalidParameterException",
        ),
        (
            "AssociateSoftwareToken",
            json!({"Session": "short"}),
            "InvalidParameterException",
        ),
        (
            "AssociateSoftwareToken",
            json!({"Session": session}),
            "NotAuthorizedException",
        ),
        (
            "AssociateSoftwareToken",
            json!({"AccessToken": "a.b.c", "Session": session}),
            "NotAuthorizedException",
        ),
        (
            "AssociateSoftwareToken",
            json!({"AccessToken": tokens["IdToken"]}),
            "NotAuthorizedException",
        ),
        (
            "VerifySoftwareToken",
            json!({"UserCode": "123456"}),
            "InvalidParameterException",
        ),
        (
            "VerifySoftwareToken",
            json!({"AccessToken": token, "UserCode": "12345a"}),
            "InvalidParameterException",
        ),
        (
            "VerifySoftwareToken",
            json!({"AccessToken": token, "UserCode": 123_456}),
            "SerializationException",
        ),
        (
            "VerifySoftwareToken",
            json!({"AccessToken": token, "UserCode": "123456"}),
            "SoftwareTokenMFANotFoundException",
        ),
        (
            "VerifySoftwareToken",
            json!({
                "AccessToken": token, "UserCode": "123456", "FriendlyDeviceName": "x".repeat(300)
            }),
            "InvalidParameterException",
        ),
        (
            "SetUserMFAPreference",
            json!({"AccessToken": token, "SoftwareTokenMfaSettings": {"PreferredMfa": true}}),
            "InvalidParameterException",
        ),
        (
            "RespondToAuthChallenge",
            house.answer("SOFTWARE_TOKEN_MFA", &json!(session), "123456"),
            "NotAuthorizedException",
        ),
    ] {
        let text = input.to_string();
        let (code, _) = api.refused(operation, input).await;
        assert_eq!(code, expected, "{operation} {text}");
    }
    // A user who is gone has a token that speaks for nobody.
    api.ok("AdminDeleteUser", house.user()).await;
    for operation in ["AssociateSoftwareToken", "GetUserAuthFactors"] {
        let (_, text) = api.refused(operation, json!({"AccessToken": token})).await;
        assert_eq!(text, "User does not exist.");
    }
}
