//! Sign-up to sign-out over the wire.

use serde_json::{Value, json};

use crate::api::Api;

const PASSWORD: &str = "Correct-Horse-1";

async fn pool_and_client(api: &Api) -> (Value, Value) {
    let input = json!({"PoolName": "p", "AutoVerifiedAttributes": ["email"]});
    let pool = api.ok("CreateUserPool", input).await["UserPool"]["Id"].clone();
    let input = json!({
        "UserPoolId": pool, "ClientName": "c",
        "ExplicitAuthFlows": [
            "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH"
        ]
    });
    let client = api.ok("CreateUserPoolClient", input).await;
    (pool, client["UserPoolClient"]["ClientId"].clone())
}

#[tokio::test]
async fn a_user_signs_up_confirms_signs_in_renews_and_signs_out() {
    let api = Api::start().await;
    let (pool, client) = pool_and_client(&api).await;
    let signed_up = api
        .ok(
            "SignUp",
            json!({
                "ClientId": client, "Username": "ann", "Password": PASSWORD,
                "UserAttributes": [{"Name": "email", "Value": "ann@mail.example"}]
            }),
        )
        .await;
    assert_eq!(signed_up["UserConfirmed"], false);
    assert_eq!(
        signed_up["CodeDeliveryDetails"],
        json!({"Destination": "a***@m***", "DeliveryMedium": "EMAIL", "AttributeName": "email"})
    );
    let mail = api
        .list_inbox(Some("ann@mail.example"), None)
        .await
        .unwrap();
    let code = mail[0].code.clone().unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let confirm =
        |code: &str| json!({"ClientId": client, "Username": "ann", "ConfirmationCode": code});
    let (error, text) = api.refused("ConfirmSignUp", confirm(wrong)).await;
    assert_eq!(error, "CodeMismatchException");
    assert_eq!(
        text,
        "Invalid verification code provided, please try again."
    );
    api.ok("ConfirmSignUp", confirm(&code)).await;
    let signed_in = api
        .ok(
            "InitiateAuth",
            json!({
                "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH",
                "AuthParameters": {"USERNAME": "ann", "PASSWORD": PASSWORD}
            }),
        )
        .await;
    assert_eq!(signed_in["ChallengeParameters"], json!({}));
    let tokens = &signed_in["AuthenticationResult"];
    assert_eq!(
        (&tokens["TokenType"], &tokens["ExpiresIn"]),
        (&json!("Bearer"), &json!(3600))
    );
    let user = api
        .ok("GetUser", json!({"AccessToken": tokens["AccessToken"]}))
        .await;
    assert_eq!(user["Username"], "ann");
    assert_eq!(user["UserAttributes"][0]["Value"], signed_up["UserSub"]);
    let renewed = api
        .ok(
            "GetTokensFromRefreshToken",
            json!({
                "ClientId": client, "RefreshToken": tokens["RefreshToken"]
            }),
        )
        .await;
    let renewed = &renewed["AuthenticationResult"];
    assert!(renewed["RefreshToken"].is_null() && renewed["IdToken"].is_string());
    api.ok(
        "GlobalSignOut",
        json!({"AccessToken": renewed["AccessToken"]}),
    )
    .await;
    for token in [&tokens["AccessToken"], &renewed["AccessToken"]] {
        let (error, text) = api.refused("GetUser", json!({"AccessToken": token})).await;
        assert_eq!(
            (error.as_str(), text.as_str()),
            ("NotAuthorizedException", "Access Token has been revoked")
        );
    }
    let described = api
        .ok(
            "AdminGetUser",
            json!({"UserPoolId": pool, "Username": "ann"}),
        )
        .await;
    assert_eq!(
        (&described["UserStatus"], &described["Enabled"]),
        (&json!("CONFIRMED"), &json!(true))
    );
}

#[tokio::test]
async fn a_user_of_an_administrator_gets_a_temporary_password_and_chooses_another() {
    let api = Api::start().await;
    let (pool, client) = pool_and_client(&api).await;
    let created = api
        .ok(
            "AdminCreateUser",
            json!({
                "UserPoolId": pool, "Username": "bob", "TemporaryPassword": PASSWORD,
                "MessageAction": "SUPPRESS",
                "UserAttributes": [{"Name": "email", "Value": "bob@mail.example"}]
            }),
        )
        .await;
    assert_eq!(created["User"]["UserStatus"], "FORCE_CHANGE_PASSWORD");
    let challenge = api
        .ok(
            "AdminInitiateAuth",
            json!({
                "UserPoolId": pool, "ClientId": client, "AuthFlow": "ADMIN_NO_SRP_AUTH",
                "AuthParameters": {"USERNAME": "bob", "PASSWORD": PASSWORD}
            }),
        )
        .await;
    assert_eq!(challenge["ChallengeName"], "NEW_PASSWORD_REQUIRED");
    assert_eq!(challenge["ChallengeParameters"]["requiredAttributes"], "[]");
    let attributes = challenge["ChallengeParameters"]["userAttributes"]
        .as_str()
        .unwrap();
    let attributes: Value = serde_json::from_str(attributes).unwrap();
    assert_eq!(attributes["email"], "bob@mail.example");
    let answer = |password: &str| {
        json!({
            "UserPoolId": pool, "ClientId": client, "ChallengeName": "NEW_PASSWORD_REQUIRED",
            "Session": challenge["Session"],
            "ChallengeResponses": {"USERNAME": "bob", "NEW_PASSWORD": password}
        })
    };
    let (error, text) = api
        .refused("AdminRespondToAuthChallenge", answer("weakpass"))
        .await;
    assert_eq!(error, "InvalidPasswordException");
    assert_eq!(
        text,
        "Password did not conform with policy: Password must have uppercase characters"
    );
    let tokens = api
        .ok("AdminRespondToAuthChallenge", answer("Another-Horse-2"))
        .await;
    assert!(tokens["AuthenticationResult"]["AccessToken"].is_string());
    let (error, _) = api
        .refused("AdminRespondToAuthChallenge", answer("Another-Horse-3"))
        .await;
    assert_eq!(error, "NotAuthorizedException");
}

#[tokio::test]
async fn s29_a_revoked_refresh_token_takes_its_access_tokens_along() {
    let api = Api::start().await;
    let (pool, client) = pool_and_client(&api).await;
    let user = json!({"UserPoolId": pool, "Username": "cid", "MessageAction": "SUPPRESS"});
    api.ok("AdminCreateUser", user).await;
    let password = json!({
        "UserPoolId": pool, "Username": "cid", "Password": PASSWORD, "Permanent": true
    });
    api.ok("AdminSetUserPassword", password).await;
    let sign_in = json!({
        "ClientId": client, "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": "cid", "PASSWORD": PASSWORD}
    });
    let tokens = api.ok("InitiateAuth", sign_in).await["AuthenticationResult"].clone();
    let revoke = |token: &Value| json!({"ClientId": client, "Token": token});
    let (error, _) = api
        .refused("RevokeToken", revoke(&tokens["AccessToken"]))
        .await;
    assert_eq!(error, "UnsupportedTokenTypeException");
    let with_secret = json!({
        "ClientId": client, "Token": tokens["RefreshToken"], "ClientSecret": "a".repeat(30)
    });
    assert_eq!(
        api.refused("RevokeToken", with_secret).await.0,
        "UnauthorizedException"
    );
    api.ok("RevokeToken", revoke(&tokens["RefreshToken"])).await;
    api.ok("RevokeToken", revoke(&tokens["RefreshToken"])).await;
    let (_, text) = api
        .refused("GetUser", json!({"AccessToken": tokens["AccessToken"]}))
        .await;
    assert_eq!(text, "Access Token has been revoked");
    let refresh = json!({
        "ClientId": client, "AuthFlow": "REFRESH_TOKEN_AUTH",
        "AuthParameters": {"REFRESH_TOKEN": tokens["RefreshToken"]}
    });
    let (error, text) = api.refused("InitiateAuth", refresh).await;
    assert_eq!(
        (error.as_str(), text.as_str()),
        ("NotAuthorizedException", "Refresh Token has been revoked")
    );
}
