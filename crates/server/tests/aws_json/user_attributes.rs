//! Attributes of users over the wire: shapes, codes and texts.

use serde_json::{Value, json};

use crate::api::Api;

const PASSWORD: &str = "Correct-Horse-1";

/// A pool with a client, its users, and their access tokens.
struct Pool {
    api: Api,
    id: Value,
    client: Value,
}

impl Pool {
    async fn start(mut input: Value) -> Self {
        let api = Api::start().await;
        input["PoolName"] = json!("p");
        let id = api.ok("CreateUserPool", input).await["UserPool"]["Id"].clone();
        let client = json!({
            "UserPoolId": id, "ClientName": "c",
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        });
        let client = api.ok("CreateUserPoolClient", client).await["UserPoolClient"].clone();
        let client = client["ClientId"].clone();
        Self { api, id, client }
    }

    /// Makes a user and gives their access token.
    async fn token_of(&self, name: &str, attributes: Value) -> Value {
        let user = json!({
            "UserPoolId": self.id, "Username": name, "MessageAction": "SUPPRESS",
            "UserAttributes": attributes
        });
        self.api.ok("AdminCreateUser", user).await;
        let password = json!({
            "UserPoolId": self.id, "Username": name, "Password": PASSWORD, "Permanent": true
        });
        self.api.ok("AdminSetUserPassword", password).await;
        let sign_in = json!({
            "ClientId": self.client, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": name, "PASSWORD": PASSWORD}
        });
        let signed_in = self.api.ok("InitiateAuth", sign_in).await;
        signed_in["AuthenticationResult"]["AccessToken"].clone()
    }

    async fn update(&self, token: &Value, attributes: Value) -> (String, String) {
        let input = json!({"AccessToken": token, "UserAttributes": attributes});
        self.api.refused("UpdateUserAttributes", input).await
    }

    fn admin(&self, name: &str, attributes: &Value) -> Value {
        json!({"UserPoolId": self.id, "Username": name, "UserAttributes": attributes})
    }

    async fn code_to(&self, address: &str) -> String {
        self.api.code_to(address).await
    }
}

fn schema() -> Value {
    json!([
        {"Name": "tier", "AttributeDataType": "String", "Mutable": true,
         "StringAttributeConstraints": {"MinLength": "3", "MaxLength": "5"}},
        {"Name": "level", "AttributeDataType": "Number", "Mutable": true,
         "NumberAttributeConstraints": {"MinValue": "0", "MaxValue": "9"}},
        {"Name": "since", "AttributeDataType": "DateTime", "Mutable": true},
        {"Name": "badge", "AttributeDataType": "String", "Mutable": false},
        {"Name": "family_name", "AttributeDataType": "String", "Required": true,
         "Mutable": true}
    ])
}

fn list(name: &str, value: &str) -> Value {
    json!([{"Name": name, "Value": value}])
}

#[tokio::test]
async fn an_address_is_changed_proven_and_deleted() {
    let pool = Pool::start(json!({"AutoVerifiedAttributes": ["email"]})).await;
    let api = &pool.api;
    let token = pool.token_of("ann", list("nickname", "an")).await;
    let input = json!({
        "AccessToken": token, "ClientMetadata": {"a": "b"},
        "UserAttributes": [{"Name": "email", "Value": "ann@mail.example"},
                           {"Name": "nickname", "Value": ""}]
    });
    let details = json!({
        "Destination": "a***@m***", "DeliveryMedium": "EMAIL", "AttributeName": "email"
    });
    let updated = api.ok("UpdateUserAttributes", input).await;
    assert_eq!(updated, json!({"CodeDeliveryDetailsList": [details]}));
    let asked = json!({"AccessToken": token, "AttributeName": "email"});
    let sent = api
        .ok("GetUserAttributeVerificationCode", asked.clone())
        .await;
    assert_eq!(sent, json!({"CodeDeliveryDetails": details}));
    let mut proof = asked;
    proof["Code"] = json!(pool.code_to("ann@mail.example").await);
    let verified = api.ok("VerifyUserAttribute", proof.clone()).await;
    assert_eq!(verified, json!({}));
    let user = api.ok("GetUser", json!({"AccessToken": token})).await;
    let attributes = user["UserAttributes"].as_array().unwrap();
    assert!(attributes.contains(&json!({"Name": "email_verified", "Value": "true"})));
    assert!(!attributes.iter().any(|pair| pair["Name"] == "nickname"));
    assert_eq!(
        api.refused("VerifyUserAttribute", proof).await,
        (
            "ExpiredCodeException".into(),
            "Invalid code provided, please request a code again.".into()
        )
    );
    let names = json!({"AccessToken": token, "UserAttributeNames": ["email"]});
    assert_eq!(api.ok("DeleteUserAttributes", names).await, json!({}));
    let nothing = json!({"AccessToken": token, "UserAttributes": []});
    let updated = api.ok("UpdateUserAttributes", nothing).await;
    assert_eq!(updated, json!({"CodeDeliveryDetailsList": []}));

    let admin = pool.admin("ann", &list("email", "a2@mail.example"));
    let updated = api.ok("AdminUpdateUserAttributes", admin).await;
    assert_eq!(updated, json!({}));
    let names = json!({
        "UserPoolId": pool.id, "Username": "ann", "UserAttributeNames": ["email", "email"]
    });
    let deleted = api.ok("AdminDeleteUserAttributes", names).await;
    assert_eq!(deleted, json!({}));
}

#[tokio::test]
async fn every_refusal_has_the_services_code_and_text() {
    let pool = Pool::start(json!({"Schema": schema()})).await;
    let ann = json!([{"Name": "family_name", "Value": "Ann"}]);
    let token = pool.token_of("ann", ann).await;
    let invalid = "InvalidParameterException";
    let table = [
        (
            list("sub", "x"),
            "Cannot modify the non-mutable attribute sub",
        ),
        (
            json!([{"Name": "nickname"}]),
            "Attribute value for nickname must not be null",
        ),
        (
            list("shoe", "38"),
            "user.shoe: Attribute does not exist in the schema.\n",
        ),
        (
            list("custom:badge", "b"),
            "user.custom:badge: Attribute cannot be updated.\n",
        ),
        (
            list("family_name", ""),
            "user.family_name: Required attribute cannot be deleted.\n",
        ),
        (
            list("custom:tier", "ab"),
            "user.custom:tier: String must be no shorter than 3 characters\n",
        ),
        (
            list("custom:tier", "abcdef"),
            "user.custom:tier: String must be no longer than 5 characters\n",
        ),
        (
            list("custom:level", "-1"),
            "user.custom:level: Number must be no less than 0\n",
        ),
        (
            list("custom:since", "soon"),
            "user.custom:since: Value must be a date or a date and time\n",
        ),
        (
            json!([{"Name": "a", "Value": "1"}, {"Name": "b", "Value": "2"}]),
            "user.a: Attribute does not exist in the schema.\n\
             user.b: Attribute does not exist in the schema.\n",
        ),
        (list("email", "nobody"), "Invalid email address format."),
        (
            list("phone_number", "0123456789"),
            "Invalid phone number format.",
        ),
    ];
    for (attributes, text) in table {
        let expected = (invalid.to_owned(), text.to_owned());
        assert_eq!(pool.update(&token, attributes.clone()).await, expected);
        let admin = pool.admin("ann", &attributes);
        let refused = pool.api.refused("AdminUpdateUserAttributes", admin).await;
        assert_eq!(refused, expected);
    }
    assert_eq!(
        pool.update(&token, list("email_verified", "true")).await,
        (
            "NotAuthorizedException".into(),
            "A client attempted to write unauthorized attribute".into()
        )
    );
    for (name, text) in [
        (
            "shoe",
            "Invalid user attributes: user.shoe: Attribute does not exist in the schema.\n",
        ),
        (
            "family_name",
            "Invalid user attributes: user.family_name: Required attribute cannot be deleted.\n",
        ),
    ] {
        let input = json!({"AccessToken": token, "UserAttributeNames": [name]});
        let refused = pool.api.refused("DeleteUserAttributes", input).await;
        assert_eq!(refused, (invalid.to_owned(), text.to_owned()));
        let input = json!({
            "UserPoolId": pool.id, "Username": "ann", "UserAttributeNames": [name]
        });
        let refused = pool.api.refused("AdminDeleteUserAttributes", input).await;
        assert_eq!(refused, (invalid.to_owned(), text.to_owned()));
    }
    for (operation, input) in [
        ("AdminUpdateUserAttributes", pool.admin("bob", &json!([]))),
        (
            "AdminDeleteUserAttributes",
            json!({"UserPoolId": pool.id, "Username": "bob", "UserAttributeNames": []}),
        ),
    ] {
        let (code, text) = pool.api.refused(operation, input).await;
        assert_eq!(code, "UserNotFoundException");
        assert_eq!(text, "User does not exist.");
    }
}

#[tokio::test]
async fn a_sign_up_names_all_that_is_required_and_how_short_a_text_is() {
    let schema = json!([
        {"Name": "email", "Required": true, "Mutable": true},
        {"Name": "name", "Required": true, "Mutable": true}
    ]);
    let pool = Pool::start(json!({"Schema": schema})).await;
    for (attributes, text) in [
        (
            json!([]),
            "Attributes did not conform to the schema: name: The attribute is required\n\
             email: The attribute is required\n",
        ),
        (
            list("birthdate", "1990-1-1"),
            "Attributes did not conform to the schema: birthdate: String must be no shorter than \
             10 characters\n",
        ),
        (
            json!([{"Name": "picture"}]),
            "Attribute value for picture must not be null",
        ),
    ] {
        let input = json!({
            "ClientId": pool.client, "Username": "ann", "Password": PASSWORD,
            "UserAttributes": attributes
        });
        let refused = pool.api.refused("SignUp", input).await;
        assert_eq!(refused, ("InvalidParameterException".into(), text.into()));
    }
}

#[tokio::test]
async fn an_alias_of_another_user_is_named() {
    let pool = Pool::start(json!({"UsernameAttributes": ["email"]})).await;
    let token = pool.token_of("ann@mail.example", json!([])).await;
    pool.token_of("bob@mail.example", json!([])).await;
    let expected = (
        "AliasExistsException".to_owned(),
        "An account with the given email already exists.".to_owned(),
    );
    let address = list("email", "bob@mail.example");
    assert_eq!(pool.update(&token, address.clone()).await, expected);
    let admin = pool.admin("ann@mail.example", &address);
    let refused = pool.api.refused("AdminUpdateUserAttributes", admin).await;
    assert_eq!(refused, expected);
}

#[tokio::test]
async fn codes_that_do_not_verify_are_told_apart() {
    let pool = Pool::start(json!({"AutoVerifiedAttributes": ["email"]})).await;
    let token = pool
        .token_of("ann", list("email", "ann@mail.example"))
        .await;
    let proof = |attribute: &str, code: &str| json!({"AccessToken": token, "AttributeName": attribute, "Code": code});
    let verify = async |attribute: &str, code: &str| {
        let input = proof(attribute, code);
        pool.api.refused("VerifyUserAttribute", input).await
    };
    let expired = (
        "ExpiredCodeException".to_owned(),
        "Invalid code provided, please request a code again.".to_owned(),
    );
    assert_eq!(verify("email", "123456").await, expired);
    let ask = json!({"AccessToken": token, "AttributeName": "email"});
    pool.api
        .ok("GetUserAttributeVerificationCode", ask.clone())
        .await;
    let (code, text) = verify("email", "wrong").await;
    assert_eq!(code, "CodeMismatchException");
    assert_eq!(
        text,
        "Invalid verification code provided, please try again."
    );
    let (code, text) = verify("nickname", "123456").await;
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(
        text,
        "Invalid attribute name. Only phone_number and email can be verified."
    );
    let no_number = json!({"AccessToken": token, "AttributeName": "phone_number"});
    let operation = "GetUserAttributeVerificationCode";
    let (code, text) = pool.api.refused(operation, no_number).await;
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(text, "User does not have a valid registered phone number");
    for _ in 0..4 {
        pool.api.ok(operation, ask.clone()).await;
    }
    let (code, text) = pool.api.refused(operation, ask).await;
    assert_eq!(code, "LimitExceededException");
    assert_eq!(text, "Attempt limit exceeded, please try after some time.");
    for number in 0..20 {
        let address = list("email", &format!("a{number}@mail.example"));
        let input = json!({"AccessToken": token, "UserAttributes": address});
        pool.api.ok("UpdateUserAttributes", input).await;
    }
    // This operation declares another code.
    let (code, _) = pool
        .update(&token, list("email", "more@mail.example"))
        .await;
    assert_eq!(code, "TooManyRequestsException");
}

#[tokio::test]
async fn s57_hostile_lists_get_the_declared_error() {
    let pool = Pool::start(json!({})).await;
    let token = pool.token_of("ann", list("nickname", "an")).await;
    let many: Vec<Value> = (0..10_000)
        .map(|number| json!({"Name": format!("n{number}"), "Value": "v"}))
        .collect();
    let long_name = "n".repeat(33);
    let long_value = "v".repeat(2049);
    let table = [
        (json!(many), "InvalidParameterException"),
        (list(&long_name, "v"), "InvalidParameterException"),
        (list("", "v"), "InvalidParameterException"),
        (list("nickname", &long_value), "InvalidParameterException"),
        (
            list("email", &"@a.".repeat(600)),
            "InvalidParameterException",
        ),
        (json!({"Name": "nickname"}), "SerializationException"),
        (
            json!([{"Name": "nickname", "Value": 5}]),
            "SerializationException",
        ),
        (json!([["nickname", "v"]]), "SerializationException"),
    ];
    for (attributes, expected) in table {
        let (code, text) = pool.update(&token, attributes).await;
        assert_eq!(code, expected, "{text:.200}");
    }
    let user = pool.api.ok("GetUser", json!({"AccessToken": token})).await;
    let attributes = user["UserAttributes"].as_array().unwrap();
    assert!(attributes.contains(&json!({"Name": "nickname", "Value": "an"})));
}

#[tokio::test]
async fn what_waits_for_verification_must_be_verified_by_a_code() {
    let api = Api::start().await;
    let input = json!({
        "PoolName": "p", "AutoVerifiedAttributes": ["email"],
        "UserAttributeUpdateSettings": {
            "AttributesRequireVerificationBeforeUpdate": ["email", "phone_number"]
        }
    });
    let (code, text) = api.refused("CreateUserPool", input).await;
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(
        text,
        "All attributes in AttributesRequireVerificationBeforeUpdate must exist in \
         AutoVerifiedAttributes"
    );
}
