//! Seeds, as a running server takes them.

use axum::body::Body;
use http::Request;
use poolhouse_model::{ClientId, UserPoolId};
use poolhouse_service::SignInOutcome;
use poolhouse_testkit::{DoorAnswer, SignInExt as _, TestApp, TestClient};
use serde_json::{Value, json};

use crate::browser::{start, start_with};

const SEED: &str = r"
user_pools:
  - id: us-east-1_Shop00001
    name: shop
    settings:
      AutoVerifiedAttributes: [email]
      Policies: {PasswordPolicy: {MinimumLength: 10}}
    clients:
      - id: shopweb
        name: web
        settings: &flows
          ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
      - id: shopserver
        name: server
        secret: asecretofsomelength0123456789
        settings: *flows
    users:
      - username: jane
        sub: 7b4c1a9e-0d5f-4c7a-9a33-2f6f0b1c5d10
        password: Correct-horse-7
        attributes: {email: jane@example.com, email_verified: true}
      - username: joe
        temporary_password: Correct-horse-8
      - username: jim
        password: Correct-horse-9
        confirmed: false
        attributes: {email: jim@example.com}
      - username: hal
        password_hash: $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc
";

const POOL: &str = "us-east-1_Shop00001";

async fn send(app: &TestApp, query: &str, document: &str) -> DoorAnswer {
    let request = Request::post(format!("/_poolhouse/seed{query}"));
    app.send(request.body(Body::from(document.to_owned())).unwrap())
        .await
}

async fn changes(app: &TestApp, query: &str, document: &str) -> Vec<String> {
    let answer = send(app, query, document).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = answer.json();
    let changes = answer["changes"].as_array().unwrap().iter();
    let text = |change: &Value, name: &str| change[name].as_str().unwrap().to_owned();
    changes
        .map(|change| format!("{} {}", text(change, "action"), text(change, "what")))
        .collect()
}

/// What is wrong with a document, and in which line.
async fn refusal(app: &TestApp, document: &str) -> (String, Option<u64>) {
    let answer = send(app, "", document).await;
    assert_eq!(answer.status, 400, "{document}");
    let answer = answer.json();
    let message = answer["message"].as_str().unwrap().to_owned();
    (message, answer["line"].as_u64())
}

fn client(id: &str, secret: Option<&str>) -> TestClient {
    TestClient {
        pool_id: UserPoolId::new(POOL),
        id: ClientId::new(id),
        secret: secret.map(Into::into),
    }
}

#[tokio::test]
async fn a_seed_makes_what_it_says_once() {
    let app = start().await;
    let made = [
        "create user pool us-east-1_Shop00001",
        "create app client shopweb of us-east-1_Shop00001",
        "create app client shopserver of us-east-1_Shop00001",
        "create user jane of us-east-1_Shop00001",
        "create user joe of us-east-1_Shop00001",
        "create user jim of us-east-1_Shop00001",
        "create user hal of us-east-1_Shop00001",
    ];
    assert_eq!(changes(&app, "?plan", SEED).await, made);
    assert!(app.list_pools_of_region().await.unwrap().is_empty());
    assert_eq!(changes(&app, "", SEED).await, made);
    assert!(changes(&app, "", SEED).await.is_empty());
    assert!(changes(&app, "?plan=true", SEED).await.is_empty());

    let web = client("shopweb", None);
    let server = client("shopserver", Some("asecretofsomelength0123456789"));
    for client in [&web, &server] {
        let outcome = app.sign_in(client, "jane", "Correct-horse-7").await;
        assert!(
            matches!(outcome, Ok(SignInOutcome::Tokens(_))),
            "{outcome:?}"
        );
    }
    let by_srp = app.sign_in_by_srp(&web, "jane", "Correct-horse-7").await;
    assert!(matches!(by_srp, Ok(SignInOutcome::Tokens(_))));
    let first = app.sign_in(&web, "joe", "Correct-horse-8").await;
    assert!(
        matches!(first, Ok(SignInOutcome::Challenge(_))),
        "{first:?}"
    );
    assert!(app.sign_in(&web, "jim", "Correct-horse-9").await.is_err());
    let hashed = app.sign_in(&web, "hal", "password").await;
    assert!(matches!(hashed, Ok(SignInOutcome::Tokens(_))), "{hashed:?}");
    let pool_id = UserPoolId::new(POOL);
    let jane = app.admin_get_user(&pool_id, "jane").await.unwrap();
    assert_eq!(jane.sub.as_str(), "7b4c1a9e-0d5f-4c7a-9a33-2f6f0b1c5d10");
    assert_eq!(jane.attribute("email_verified"), Some("true"));
    // Nobody was written to.
    assert!(app.list_inbox(None, None).await.unwrap().is_empty());
    // A hash that was made anew at the sign-in is no difference.
    assert!(changes(&app, "", SEED).await.is_empty());
}

#[tokio::test]
async fn attributes_that_differ_are_put_right_and_others_left_alone() {
    let app = start().await;
    changes(&app, "", SEED).await;
    let more = SEED.replace(
        "email: jane@example.com, email_verified: true",
        "email: jane@example.org, email_verified: true, name: Jane",
    );
    let change = ["update user jane of us-east-1_Shop00001"];
    assert_eq!(changes(&app, "?plan", &more).await, change);
    assert_eq!(changes(&app, "", &more).await, change);
    assert!(changes(&app, "", &more).await.is_empty());
    let pool_id = UserPoolId::new(POOL);
    let jane = app.admin_get_user(&pool_id, "jane").await.unwrap();
    assert_eq!(jane.attribute("email"), Some("jane@example.org"));
    assert_eq!(jane.attribute("email_verified"), Some("true"));
    let less = more.replace(", name: Jane", "");
    assert!(changes(&app, "", &less).await.is_empty());
    let (message, line) = refusal(&app, &more.replace("name: Jane", "shoe_size: '46'")).await;
    assert!(message.contains("shoe_size"), "{message}");
    assert_eq!(line, Some(18));
}

const GROUPS: &str = "
user_pools:
  - id: us-east-1_Shop00003
    name: shop
    groups:
      - {name: admins, precedence: 1, description: They may do everything}
      - name: readers
    resource_servers:
      - identifier: shop
        scopes: {read: Read what there is, write: Change it}
    clients:
      - id: shopmachine
        name: machine
        secret: asecretofsomelength0123456789
        settings:
          AllowedOAuthFlows: [client_credentials]
          AllowedOAuthFlowsUserPoolClient: true
          AllowedOAuthScopes: [shop/read]
    users:
      - {username: jane, password: Correct-horse-7, groups: [admins]}
";

#[tokio::test]
async fn groups_and_resource_servers_come_with_their_pool() {
    let app = start().await;
    assert_eq!(changes(&app, "?plan", GROUPS).await.len(), 6);
    assert_eq!(changes(&app, "", GROUPS).await.len(), 6);
    assert!(changes(&app, "", GROUPS).await.is_empty());
    let more = GROUPS.replace("groups: [admins]", "groups: [readers]");
    let change = ["update user jane of us-east-1_Shop00003"];
    assert_eq!(changes(&app, "", &more).await, change);
    let pool_id = UserPoolId::new("us-east-1_Shop00003");
    app.service().reset_pool(&pool_id).await.unwrap();
    // Groups are the pool's, members were its users'.
    let made = ["create user jane of us-east-1_Shop00003"];
    assert_eq!(changes(&app, "", GROUPS).await, made);
    let other = GROUPS
        .replace("precedence: 1", "precedence: 2")
        .replace("write: Change it", "delete: Remove it");
    let answer = send(&app, "", &other).await.json();
    assert_eq!(
        answer["changes"],
        json!([
            {
                "action": "update", "what": "resource server shop of us-east-1_Shop00003",
                "differences": [
                    "scopes.write: \"Change it\" -> nothing",
                    "scopes.delete: nothing -> \"Remove it\"",
                ],
            },
            {
                "action": "update", "what": "group admins of us-east-1_Shop00003",
                "differences": ["precedence: 1 -> 2"],
            },
        ])
    );
    assert!(changes(&app, "", &other).await.is_empty());
    for (find, put, part) in [
        ("groups: [admins]", "groups: [owners]", "Group not found"),
        ("shop/read", "shop/delete", "shop/delete"),
        ("precedence: 1", "precedence: first", "whole number"),
        (
            "precedence: 1",
            "precedence: -1",
            "failed to satisfy constraint",
        ),
        (
            "name: shop",
            "name: shop\n    domain: no!",
            "invalid character",
        ),
        ("name: readers", "name: admins", "admins is there twice"),
    ] {
        assert!(GROUPS.contains(find), "{find}");
        let (message, line) = refusal(&app, &GROUPS.replace(find, put)).await;
        assert!(message.contains(part), "{message}");
        assert!(line.is_some(), "{message}");
    }
}

#[tokio::test]
async fn the_same_seed_in_json_is_the_same_seed() {
    let app = start().await;
    changes(&app, "", SEED).await;
    let same = json!({"user_pools": [{
        "id": POOL, "name": "shop",
        "settings": {
            "AutoVerifiedAttributes": ["email"],
            "Policies": {"PasswordPolicy": {"MinimumLength": 10}},
        },
        "users": [{"username": "jane", "password": "Correct-horse-7"}],
    }]});
    assert!(changes(&app, "", &same.to_string()).await.is_empty());
}

#[tokio::test]
async fn a_password_that_was_changed_is_put_right() {
    let app = start().await;
    changes(&app, "", SEED).await;
    let pool = app.service().pool(&UserPoolId::new(POOL)).await.unwrap();
    app.set_password(&pool, "jane", "Something-else-1").await;
    let change = ["update user jane of us-east-1_Shop00001"];
    assert_eq!(changes(&app, "?plan", SEED).await, change);
    assert_eq!(changes(&app, "", SEED).await, change);
    let web = client("shopweb", None);
    let outcome = app.sign_in(&web, "jane", "Correct-horse-7").await;
    assert!(matches!(outcome, Ok(SignInOutcome::Tokens(_))));
}

/// What is put in the place of a text of [`SEED`], the line that is named, and what is said.
const WRONG: [(&str, &str, u64, &str); 22] = [
    (
        "user_pools:",
        "pools:",
        2,
        "a seed has no \"pools\"; it has user_pools",
    ),
    ("name: shop", "nmae: shop", 4, "a user pool has no \"nmae\""),
    (
        "username: joe",
        "usernmae: joe",
        22,
        "a user has no \"usernmae\"",
    ),
    (
        "AutoVerifiedAttributes",
        "AutoVerifyAttributes",
        6,
        "no AutoVerifyAttributes",
    ),
    (
        "MinimumLength: 10",
        "MinLength: 10",
        7,
        "no Policies.PasswordPolicy.MinLength",
    ),
    (
        "MinimumLength: 10",
        "MinimumLength: 3",
        6,
        "failed to satisfy constraint",
    ),
    (
        "id: shopweb",
        "id: shop web",
        9,
        "failed to satisfy constraint",
    ),
    (
        "us-east-1_Shop00001",
        "shop",
        3,
        "failed to satisfy constraint",
    ),
    ("sub: 7b4c", "sub: 7B4C", 19, "UUID"),
    (
        "AutoVerifiedAttributes: [email]",
        "PoolName: x",
        6,
        "beside settings",
    ),
    (
        "ALLOW_USER_PASSWORD_AUTH",
        "USER_PASSWORD_AUTH",
        9,
        "not both",
    ),
    (
        "password: Correct-horse-7",
        "password: short",
        18,
        "Password",
    ),
    (
        "password: Correct-horse-7",
        "password: 12345678901",
        20,
        "in quotes",
    ),
    (
        "password: Correct-horse-7",
        "pass: Correct-horse-7",
        20,
        "has no \"pass\"",
    ),
    ("confirmed: false", "confirmed: maybe", 26, "true or false"),
    (
        "temporary_password",
        "confirmed: true\n        temporary_password",
        22,
        "neither",
    ),
    ("email: jim@example.com", "email: nobody", 24, "email"),
    (
        "email: jim@example.com",
        "phone_number: +12065550100",
        27,
        "in quotes",
    ),
    ("email: jim@example.com", "shoe_size: '46'", 24, "shoe_size"),
    ("username: joe", "username: jane", 22, "jane is there twice"),
    (
        "id: shopserver",
        "id: shopweb",
        13,
        "shopweb is there twice",
    ),
    ("$argon2id$v=19$", "$2b$12$", 29, "kind \"2b\""),
];

#[tokio::test]
async fn what_is_wrong_with_a_document_is_told_with_its_line() {
    let app = start().await;
    for (find, put, line, part) in WRONG {
        assert!(SEED.contains(find), "{find}");
        let document = SEED.replacen(find, put, 1);
        let (message, found) = refusal(&app, &document).await;
        assert!(message.contains(part), "{put}: {message}");
        assert_eq!(found, Some(line), "{put}: {message}");
        assert!(!message.contains("Correct-horse"), "{message}");
        assert!(
            app.list_pools_of_region().await.unwrap().is_empty(),
            "{put}"
        );
    }
}

#[tokio::test]
async fn what_differs_is_told_without_secrets_and_put_right() {
    let app = start().await;
    changes(&app, "", SEED).await;
    let other = SEED
        .replacen("0123456789", "9876543210", 1)
        .replacen("MinimumLength: 10", "MinimumLength: 12", 1)
        .replacen("name: shop\n", "name: shop\n    domain: shop\n", 1)
        .replacen("username: joe", "username: joe\n        enabled: false", 1);
    let told = json!({"changes": [
        {
            "action": "update", "what": "user pool us-east-1_Shop00001",
            "differences": ["settings.password_policy.minimum_length: 10 -> 12"],
        },
        {"action": "create", "what": "domain shop of us-east-1_Shop00001", "differences": []},
        {
            "action": "update", "what": "app client shopserver of us-east-1_Shop00001",
            "differences": ["secret: changed"],
        },
        {
            "action": "update", "what": "user joe of us-east-1_Shop00001",
            "differences": ["enabled: true -> false"],
        },
    ]});
    assert_eq!(send(&app, "?plan", &other).await.json(), told);
    assert_eq!(send(&app, "", &other).await.json(), told);
    assert!(changes(&app, "", &other).await.is_empty());
    let server = client("shopserver", Some("asecretofsomelength9876543210"));
    let outcome = app.sign_in(&server, "jane", "Correct-horse-7").await;
    assert!(matches!(outcome, Ok(SignInOutcome::Tokens(_))));
}

#[tokio::test]
async fn what_is_there_and_cannot_be_changed_is_refused_and_stays() {
    let app = start().await;
    changes(&app, "", SEED).await;
    for (find, put, part) in [
        ("7b4c1a9e", "8b4c1a9e", "subject"),
        (
            "AutoVerifiedAttributes: [email]",
            "UsernameAttributes: [email]",
            "UsernameAttributes",
        ),
        (
            "AutoVerifiedAttributes: [email]",
            "Schema: [{Name: tier, AttributeDataType: String}]",
            "Schema for the attribute custom:tier",
        ),
    ] {
        assert!(SEED.contains(find), "{find}");
        let document = SEED.replacen(find, put, 1);
        let (message, line) = refusal(&app, &document).await;
        assert!(message.contains(part), "{message}");
        assert!(line.is_some(), "{message}");
        assert!(changes(&app, "?plan", SEED).await.is_empty(), "{put}");
    }
    // A client id is unique over all pools.
    let document = SEED.replace(POOL, "us-east-1_Shop00002");
    let (message, _) = refusal(&app, &document).await;
    assert!(
        message.contains("client of us-east-1_Shop00001"),
        "{message}"
    );
    let second = UserPoolId::new("us-east-1_Shop00002");
    assert!(app.service().pool(&second).await.is_err());
}

#[tokio::test]
async fn s57_hostile_documents_are_refused_at_once() {
    let app = start().await;
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let last = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb = format!("{bomb}a{level}: &a{level} [{last}]\n");
    }
    let deep = "[".repeat(200_000);
    let wide = format!("user_pools: [{}]", "{},".repeat(110_000));
    let long = format!("user_pools: [{{id: \"{}\"}}]", "a".repeat(900_000));
    for document in [
        bomb,
        deep,
        wide,
        long,
        "\u{0}".to_owned(),
        "a: !!binary x".to_owned(),
    ] {
        let (message, _) = refusal(&app, &document).await;
        assert!(message.len() < 2000, "{}", message.len());
    }
    let not_text = Request::post("/_poolhouse/seed").body(Body::from(vec![0xff, 0xfe, 0xfd]));
    assert_eq!(app.send(not_text.unwrap()).await.status, 400);
    let too_long = "#".repeat(2 * 1024 * 1024);
    assert_eq!(send(&app, "", &too_long).await.status, 413);
    assert!(changes(&app, "", "").await.is_empty());
}

#[tokio::test]
async fn s75_only_programs_seed_and_only_in_the_dev_profile() {
    let app = start().await;
    let page = Request::post("/_poolhouse/seed").header("origin", "https://evil.example");
    let answer = app.send(page.body(Body::from(SEED)).unwrap()).await;
    assert_eq!(answer.status, 403);
    assert!(app.list_pools_of_region().await.unwrap().is_empty());
    let app = start_with(|_| (), |doors| doors.is_dev = false).await;
    assert_eq!(send(&app, "", SEED).await.status, 404);
}
