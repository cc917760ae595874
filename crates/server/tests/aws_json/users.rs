//! Lists of users and the administrator's switches over the wire.

use serde_json::{Value, json};

use crate::api::Api;

const PASSWORD: &str = "Correct-Horse-1";

async fn pool(api: &Api) -> Value {
    let pool = api.ok("CreateUserPool", json!({"PoolName": "p"})).await;
    pool["UserPool"]["Id"].clone()
}

async fn add(api: &Api, pool: &Value, name: &str, attributes: &[(&str, &str)]) -> Value {
    let attributes = attributes
        .iter()
        .map(|(name, value)| json!({"Name": name, "Value": value}));
    let input = json!({
        "UserPoolId": pool, "Username": name, "MessageAction": "SUPPRESS",
        "TemporaryPassword": PASSWORD, "UserAttributes": attributes.collect::<Vec<_>>(),
    });
    api.ok("AdminCreateUser", input).await["User"].clone()
}

/// A client, and tokens of a user with a permanent password.
async fn sign_in(api: &Api, pool: &Value, name: &str) -> Value {
    let input = json!({
        "UserPoolId": pool, "ClientName": "c", "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"]
    });
    let client = api.ok("CreateUserPoolClient", input).await;
    let input = json!({
        "UserPoolId": pool, "Username": name, "Password": PASSWORD, "Permanent": true
    });
    api.ok("AdminSetUserPassword", input).await;
    let input = json!({
        "ClientId": client["UserPoolClient"]["ClientId"], "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": name, "PASSWORD": PASSWORD}
    });
    api.ok("InitiateAuth", input).await["AuthenticationResult"].clone()
}

#[tokio::test]
async fn a_listed_user_has_the_shape_of_the_service() {
    let api = Api::start().await;
    let pool = pool(&api).await;
    let created = add(&api, &pool, "ann", &[("email", "ann@mail.example")]).await;
    let listed = api.ok("ListUsers", json!({"UserPoolId": pool})).await;
    assert_eq!(listed, json!({"Users": [created]}));
    assert_eq!(created["Attributes"][0]["Name"], "sub");
    assert_eq!(created["UserStatus"], "FORCE_CHANGE_PASSWORD");
    assert_eq!(created["Enabled"], true);
    assert!(created["UserCreateDate"].is_number());
    assert!(created["UserLastModifiedDate"].is_number());
    assert_eq!(created.get("MFAOptions"), None);
    // Whoever asks for one user gets the same, under another name.
    let input = json!({"UserPoolId": pool, "Username": "ann"});
    let read = api.ok("AdminGetUser", input).await;
    let mut expected = created.clone();
    expected["UserAttributes"] = expected["Attributes"].take();
    expected.as_object_mut().unwrap().remove("Attributes");
    assert_eq!(read, expected);
}

#[tokio::test]
async fn a_list_shows_the_attributes_that_were_asked_for() {
    let api = Api::start().await;
    let pool = pool(&api).await;
    add(
        &api,
        &pool,
        "ann",
        &[("email", "ann@mail.example"), ("name", "Ann")],
    )
    .await;
    for (asked, expected) in [
        (json!(["name"]), json!([{"Name": "name", "Value": "Ann"}])),
        (json!([]), json!([])),
    ] {
        let input = json!({"UserPoolId": pool, "AttributesToGet": asked});
        let listed = api.ok("ListUsers", input).await;
        assert_eq!(listed["Users"][0]["Attributes"], expected);
        assert_eq!(listed["Users"][0]["Username"], "ann");
    }
    add(&api, &pool, "bob", &[]).await;
    let input = json!({"UserPoolId": pool, "AttributesToGet": ["name"]});
    let (code, text) = api.refused("ListUsers", input).await;
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(text, "One or more requested attributes do not exist.");
}

#[tokio::test]
async fn pages_follow_each_other_by_their_tokens() {
    let api = Api::start().await;
    let pool = pool(&api).await;
    for name in ["a", "b", "c"] {
        add(&api, &pool, name, &[("email", "same@mail.example")]).await;
    }
    let filter = "email = \"same@mail.example\"";
    let mut input = json!({"UserPoolId": pool, "Filter": filter, "Limit": 2});
    let first = api.ok("ListUsers", input.clone()).await;
    assert_eq!(first["Users"].as_array().unwrap().len(), 2);
    input["PaginationToken"] = first["PaginationToken"].clone();
    let second = api.ok("ListUsers", input.clone()).await;
    assert_eq!(second["Users"].as_array().unwrap().len(), 1);
    assert_eq!(second.get("PaginationToken"), None);
    input["Filter"] = json!("");
    let (code, text) = api.refused("ListUsers", input).await;
    assert_eq!(
        (code.as_str(), text.as_str()),
        ("InvalidParameterException", "Invalid pagination token")
    );
}

#[tokio::test]
async fn s60_what_is_no_filter_or_limit_is_refused_in_the_services_words() {
    let api = Api::start().await;
    let pool = pool(&api).await;
    let long = format!("email = \"{}\"", "a".repeat(100_000));
    let too_long =
        "failed to satisfy constraint: Member must have length less than or equal to 256";
    for (member, value, expected) in [
        ("Filter", json!("foo"), "Error while parsing filter."),
        (
            "Filter",
            json!("email = \"a\" OR 1=1"),
            "Error while parsing filter.",
        ),
        (
            "Filter",
            json!("custom:a = \"b\""),
            "Invalid search attribute: custom:a",
        ),
        ("Filter", json!(long), too_long),
        (
            "Limit",
            json!(61),
            "Member must have value less than or equal to 60",
        ),
        (
            "Limit",
            json!(-1),
            "Member must have value greater than or equal to 0",
        ),
        (
            "PaginationToken",
            json!("forged"),
            "Invalid pagination token",
        ),
        (
            "AttributesToGet",
            json!(["custom:b"]),
            "One or more requested attributes do not exist.",
        ),
    ] {
        let mut input = json!({"UserPoolId": pool});
        input[member] = value;
        let (code, text) = api.refused("ListUsers", input).await;
        assert_eq!(code, "InvalidParameterException");
        assert!(text.ends_with(expected), "{text}");
    }
    let nowhere = json!({"UserPoolId": "us-east-1_nothing00"});
    let (code, text) = api.refused("ListUsers", nowhere).await;
    assert_eq!(code, "ResourceNotFoundException");
    assert_eq!(text, "User pool us-east-1_nothing00 does not exist.");
    let input = json!({"UserPoolId": pool, "Limit": 0, "Filter": ""});
    assert_eq!(api.ok("ListUsers", input).await, json!({"Users": []}));
}

#[tokio::test]
async fn an_administrators_switches_answer_with_an_object_and_end_tokens() {
    let api = Api::start().await;
    let pool = pool(&api).await;
    add(&api, &pool, "ann", &[]).await;
    let ann = json!({"UserPoolId": pool, "Username": "ann"});
    for (operation, expected) in [
        ("AdminDisableUser", "User is disabled."),
        ("AdminUserGlobalSignOut", "Access Token has been revoked"),
    ] {
        let tokens = sign_in(&api, &pool, "ann").await;
        assert_eq!(api.call(operation, ann.clone()).await.text(), "{}");
        let input = json!({"AccessToken": tokens["AccessToken"]});
        let (code, text) = api.refused("GetUser", input.clone()).await;
        assert_eq!(
            (code.as_str(), text.as_str()),
            ("NotAuthorizedException", expected)
        );
        assert_eq!(api.call("AdminEnableUser", ann.clone()).await.text(), "{}");
        let (_, text) = api.refused("GetUser", input).await;
        assert_eq!(text, "Access Token has been revoked");
    }
    let (code, text) = api.refused("AdminConfirmSignUp", ann.clone()).await;
    assert_eq!(code, "NotAuthorizedException");
    assert_eq!(
        text,
        "User cannot be confirmed. Current status is CONFIRMED"
    );
    let client = json!({"UserPoolId": pool, "ClientName": "c"});
    let client = api.ok("CreateUserPoolClient", client).await;
    let input = json!({
        "ClientId": client["UserPoolClient"]["ClientId"], "Username": "bob", "Password": PASSWORD
    });
    api.ok("SignUp", input).await;
    let bob = json!({
        "UserPoolId": pool, "Username": "bob", "ClientMetadata": {"from": "test"}
    });
    assert_eq!(api.call("AdminConfirmSignUp", bob).await.text(), "{}");
}

#[tokio::test]
async fn a_user_who_deletes_themselves_is_told_nothing_and_gone() {
    let api = Api::start().await;
    let pool = pool(&api).await;
    add(&api, &pool, "ann", &[]).await;
    let tokens = sign_in(&api, &pool, "ann").await;
    let input = json!({"AccessToken": tokens["AccessToken"]});
    let answer = api.call("DeleteUser", input.clone()).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, ""));
    let (code, text) = api.refused("DeleteUser", input).await;
    assert_eq!(code, "UserNotFoundException");
    assert_eq!(text, "User does not exist.");
    assert_eq!(
        api.ok("ListUsers", json!({"UserPoolId": pool})).await,
        json!({"Users": []})
    );
}

#[tokio::test]
async fn a_created_user_is_refused_in_the_services_words() {
    let api = Api::start().await;
    let aliases = json!({"PoolName": "p", "AliasAttributes": ["email", "phone_number"]});
    let pool = api.ok("CreateUserPool", aliases).await["UserPool"]["Id"].clone();
    let verified = [("email", "ann@mail.example"), ("email_verified", "true")];
    add(&api, &pool, "ann", &verified).await;
    let by_mail = json!({"PoolName": "q", "UsernameAttributes": ["email"]});
    let by_mail = api.ok("CreateUserPool", by_mail).await["UserPool"]["Id"].clone();
    add(&api, &by_mail, "ann@mail.example", &[]).await;
    let attributes = json!([
        {"Name": "email", "Value": "ann@mail.example"}, {"Name": "email_verified", "Value": "true"}
    ]);
    let invalid = "InvalidParameterException";
    for (pool, input, code, text) in [
        (
            &pool,
            json!({"Username": "ann"}),
            "UsernameExistsException",
            "User account already exists",
        ),
        (
            &pool,
            json!({"Username": "bob", "UserAttributes": attributes}),
            "UsernameExistsException",
            "An account with the given email already exists.",
        ),
        (
            &pool,
            json!({"Username": "bob@mail.example"}),
            invalid,
            "Username cannot be of email format, since user pool is configured for email alias.",
        ),
        (
            &by_mail,
            json!({"Username": "ann@mail.example", "ForceAliasCreation": true}),
            "UsernameExistsException",
            "User account already exists",
        ),
        (
            &by_mail,
            json!({"Username": "ann"}),
            invalid,
            "Username should be an email.",
        ),
        (
            &by_mail,
            json!({"Username": "bob@mail.example", "UserAttributes": attributes}),
            invalid,
            "User email should be empty or same as username, since username attribute is email",
        ),
        (
            &pool,
            json!({"Username": "nobody", "MessageAction": "RESEND"}),
            "UserNotFoundException",
            "User does not exist.",
        ),
        (
            &pool,
            json!({"Username": "bob", "TemporaryPassword": "Without-Numbers"}),
            "InvalidPasswordException",
            "Password did not conform with password policy: Password must have numeric characters",
        ),
        (
            &pool,
            json!({"Username": "bob", "DesiredDeliveryMediums": ["EMAIL"]}),
            invalid,
            "No email provided but desired delivery medium was Email",
        ),
    ] {
        let mut input = input;
        input["UserPoolId"] = pool.clone();
        let refused = api.refused("AdminCreateUser", input).await;
        assert_eq!(refused, (code.to_owned(), text.to_owned()));
    }
    // A forced alias moves, and whoever had it goes on without.
    let forced = json!({
        "UserPoolId": pool, "Username": "bob", "UserAttributes": attributes,
        "ForceAliasCreation": true, "MessageAction": "SUPPRESS"
    });
    api.ok("AdminCreateUser", forced).await;
    let input = json!({"UserPoolId": pool, "Username": "ann@mail.example"});
    assert_eq!(api.ok("AdminGetUser", input).await["Username"], "bob");
}
