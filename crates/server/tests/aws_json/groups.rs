//! Groups on the wire.

use serde_json::{Value, json};

use crate::api::Api;

async fn start() -> (Api, Value) {
    let api = Api::start().await;
    let pool = api.ok("CreateUserPool", json!({"PoolName": "p"})).await;
    let pool_id = pool["UserPool"]["Id"].clone();
    (api, pool_id)
}

async fn create_user(api: &Api, pool: &Value, name: &str) {
    let input = json!({
        "UserPoolId": pool, "Username": name, "MessageAction": "SUPPRESS",
        "UserAttributes": [{"Name": "email", "Value": format!("{name}@example.com")}]
    });
    api.ok("AdminCreateUser", input).await;
}

#[tokio::test]
async fn a_group_has_the_members_of_the_service_and_no_others() {
    let (api, pool) = start().await;
    let input = json!({
        "UserPoolId": pool, "GroupName": "writers", "Description": "who writes",
        "RoleArn": "arn:aws:iam::123456789012:role/writer", "Precedence": 0
    });
    let made = api.ok("CreateGroup", input.clone()).await;
    let mut group = made["Group"].clone();
    let read = api
        .ok(
            "GetGroup",
            json!({"UserPoolId": pool, "GroupName": "writers"}),
        )
        .await;
    assert_eq!(read, made);
    for date in ["CreationDate", "LastModifiedDate"] {
        let date = group.as_object_mut().unwrap().remove(date).unwrap();
        assert!(date.as_f64().unwrap() > 1.0e9, "{date}");
    }
    assert_eq!(group, input);
    let bare = api
        .ok(
            "CreateGroup",
            json!({"UserPoolId": pool, "GroupName": "Bare"}),
        )
        .await;
    let mut names: Vec<&str> = bare["Group"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "CreationDate",
            "GroupName",
            "LastModifiedDate",
            "UserPoolId"
        ]
    );
    let changed = json!({"UserPoolId": pool, "GroupName": "writers", "Precedence": 7});
    let changed = api.ok("UpdateGroup", changed).await;
    assert_eq!(changed["Group"]["Precedence"], 7);
    assert_eq!(changed["Group"]["Description"], "who writes");
    let listed = api.ok("ListGroups", json!({"UserPoolId": pool})).await;
    assert_eq!(listed, json!({"Groups": [bare["Group"], changed["Group"]]}));
    let key = json!({"UserPoolId": pool, "GroupName": "writers"});
    let answer = api.call("DeleteGroup", key.clone()).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, ""));
    assert_eq!(
        api.refused("DeleteGroup", key).await,
        (
            "ResourceNotFoundException".to_owned(),
            "Group not found.".to_owned()
        )
    );
}

#[tokio::test]
async fn members_are_users_and_calls_without_output_have_an_empty_body() {
    let (api, pool) = start().await;
    create_user(&api, &pool, "alice").await;
    api.ok(
        "CreateGroup",
        json!({"UserPoolId": pool, "GroupName": "writers"}),
    )
    .await;
    let member = json!({"UserPoolId": pool, "Username": "alice", "GroupName": "writers"});
    for _ in 0..2 {
        let answer = api.call("AdminAddUserToGroup", member.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (200, ""));
    }
    let members = api
        .ok(
            "ListUsersInGroup",
            json!({"UserPoolId": pool, "GroupName": "writers"}),
        )
        .await;
    assert!(members.get("NextToken").is_none());
    let user = &members["Users"][0];
    assert_eq!(user["Username"], "alice");
    assert_eq!(user["UserStatus"], "FORCE_CHANGE_PASSWORD");
    assert_eq!(user["Enabled"], true);
    assert_eq!(user["Attributes"][0]["Name"], "sub");
    assert!(
        !members.to_string().to_lowercase().contains("password\":"),
        "{members}"
    );
    let of_user = api
        .ok(
            "AdminListGroupsForUser",
            json!({"UserPoolId": pool, "Username": "alice"}),
        )
        .await;
    assert_eq!(of_user["Groups"][0]["GroupName"], "writers");
    let answer = api.call("AdminRemoveUserFromGroup", member.clone()).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, ""));
    let members = api
        .ok(
            "ListUsersInGroup",
            json!({"UserPoolId": pool, "GroupName": "writers"}),
        )
        .await;
    assert_eq!(members, json!({"Users": []}));
}

#[tokio::test]
async fn refusals_have_the_codes_and_texts_of_the_service() {
    let (api, pool) = start().await;
    create_user(&api, &pool, "alice").await;
    let group = json!({"UserPoolId": pool, "GroupName": "writers"});
    api.ok("CreateGroup", group.clone()).await;
    for (operation, input, code, text) in [
        (
            "CreateGroup",
            group,
            "GroupExistsException",
            "A group with the name already exists.",
        ),
        (
            "GetGroup",
            json!({"UserPoolId": pool, "GroupName": "Writers"}),
            "ResourceNotFoundException",
            "Group not found.",
        ),
        (
            "AdminAddUserToGroup",
            json!({"UserPoolId": pool, "Username": "bob", "GroupName": "writers"}),
            "UserNotFoundException",
            "User does not exist.",
        ),
        (
            "AdminRemoveUserFromGroup",
            json!({"UserPoolId": pool, "Username": "alice", "GroupName": "readers"}),
            "ResourceNotFoundException",
            "Group not found.",
        ),
        (
            "ListGroups",
            json!({"UserPoolId": pool, "NextToken": "forged"}),
            "InvalidParameterException",
            "Invalid pagination token",
        ),
    ] {
        let refused = api.refused(operation, input).await;
        assert_eq!(refused, (code.to_owned(), text.to_owned()), "{operation}");
    }
}

#[tokio::test]
async fn hostile_names_and_numbers_are_refused_or_kept_as_they_are() {
    let (api, pool) = start().await;
    for (input, path) in [
        (json!({"GroupName": ""}), "groupName"),
        (json!({"GroupName": "a b"}), "groupName"),
        (json!({"GroupName": "a\r\nSet-Cookie: x"}), "groupName"),
        (json!({"GroupName": "x".repeat(129)}), "groupName"),
        (json!({"GroupName": "a", "Precedence": -1}), "precedence"),
        (
            json!({"GroupName": "a", "RoleArn": "arn:aws:iam"}),
            "roleArn",
        ),
        (
            json!({"GroupName": "a", "RoleArn": format!("arn:aws:iam::1:role/{}", "x".repeat(3000))}),
            "roleArn",
        ),
        (
            json!({"GroupName": "a", "Description": "x".repeat(2049)}),
            "description",
        ),
    ] {
        let mut input = input;
        input["UserPoolId"] = pool.clone();
        let (code, text) = api.refused("CreateGroup", input).await;
        assert_eq!(code, "InvalidParameterException", "{text}");
        assert!(text.contains(&format!("at '{path}' failed")), "{text}");
    }
    for input in [
        json!({"GroupName": "a\u{0}"}),
        json!({"GroupName": 1}),
        json!({"GroupName": "a", "Precedence": 2_147_483_648_i64}),
        json!({"GroupName": "a", "Precedence": 1e40}),
        json!({"GroupName": "a", "Precedence": "1"}),
        json!({"GroupName": "a", "Precedence": []}),
    ] {
        let mut input = input;
        input["UserPoolId"] = pool.clone();
        let (code, _) = api.refused("CreateGroup", input.clone()).await;
        assert_eq!(code, "SerializationException", "{input}");
    }
    assert_eq!(
        api.ok("ListGroups", json!({"UserPoolId": pool})).await,
        json!({"Groups": []})
    );
    for name in [
        "'--",
        "../../x",
        "\"quoted\"",
        "%00",
        "\u{1f98a}",
        "\u{202e}abc",
    ] {
        let key = json!({"UserPoolId": pool, "GroupName": name});
        let answer = api.call("CreateGroup", key.clone()).await;
        if name == "\u{202e}abc" {
            // A control that turns text round is no letter, mark, symbol, number or punctuation.
            assert_eq!(answer.status, 400);
            continue;
        }
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(api.ok("GetGroup", key).await["Group"]["GroupName"], name);
    }
}

#[tokio::test]
async fn a_limit_of_zero_says_nothing() {
    let (api, pool) = start().await;
    for name in ["a", "b", "c"] {
        api.ok(
            "CreateGroup",
            json!({"UserPoolId": pool, "GroupName": name}),
        )
        .await;
    }
    let all = api
        .ok("ListGroups", json!({"UserPoolId": pool, "Limit": 0}))
        .await;
    assert_eq!(all["Groups"].as_array().unwrap().len(), 3);
    let first = api
        .ok("ListGroups", json!({"UserPoolId": pool, "Limit": 2}))
        .await;
    assert_eq!(first["Groups"].as_array().unwrap().len(), 2);
    let next = json!({"UserPoolId": pool, "Limit": 2, "NextToken": first["NextToken"]});
    let rest = api.ok("ListGroups", next).await;
    assert_eq!(rest["Groups"][0]["GroupName"], "c");
    let too_many = json!({"UserPoolId": pool, "Limit": 61});
    assert_eq!(
        api.refused("ListGroups", too_many).await.0,
        "InvalidParameterException"
    );
}
