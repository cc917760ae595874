//! `ListUsers`

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_model::{ContactAttribute, UserPool, UserPoolId};
use poolhouse_service::{ListUsers, PageToken, ServiceError, UsersPage};
use poolhouse_testkit::{TestService, on_every_engine};

use crate::facts::fact;

fn request(pool: &UserPool, filter: &str) -> ListUsers {
    ListUsers {
        pool_id: pool.id.clone(),
        filter: filter.to_owned(),
        attributes: None,
        limit: 0,
        page: None,
    }
}

/// The user names of a whole list, read by pages of so many.
async fn names(kit: &TestService, pool: &UserPool, filter: &str, limit: u32) -> Vec<String> {
    let mut request = request(pool, filter);
    request.limit = limit;
    let mut names = Vec::new();
    loop {
        let page = kit.list_users(request.clone()).await.unwrap();
        let users = page.users.iter();
        names.extend(users.map(|listed| listed.user.username.to_string()));
        match page.next_token {
            Some(token) => request.page = Some(token),
            None => return names,
        }
    }
}

async fn sorted(kit: &TestService, pool: &UserPool, filter: &str) -> Vec<String> {
    let mut names = names(kit, pool, filter, 60).await;
    names.sort_unstable();
    names
}

async fn house(kit: &TestService) -> UserPool {
    let pool = kit.pool().await;
    for (user, attributes) in [
        (
            "Ann",
            vec![("email", "Ann@Example.com"), ("given_name", "Ann")],
        ),
        (
            "anna",
            vec![("email", "anna@example.com"), ("given_name", "ANN")],
        ),
        (
            "bob",
            vec![
                ("phone_number", "+12065551212"),
                ("name", "Bob \"the\" \\ Builder"),
            ],
        ),
    ] {
        kit.user_with(&pool, user, &attributes).await;
    }
    kit.invited_user(&pool, "carol").await;
    // What is not asked for must not be found.
    let other = kit.pool().await;
    kit.user_with(&other, "Ann", &[("email", "ann@example.com")])
        .await;
    pool
}

#[tokio::test]
async fn a_filter_finds_exactly_those_who_are_meant() {
    on_every_engine(|kit| async move {
        let pool = house(&kit).await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "dora", "dora@example.com")
            .await;
        kit.admin_disable_user(&pool.id, "bob").await.unwrap();
        let bob = kit.admin_get_user(&pool.id, "bob").await.unwrap();
        let by_sub = format!("sub = \"{}\"", bob.sub.as_str().to_uppercase());
        let by_start = format!("sub ^= \"{}\"", &bob.sub.as_str()[..30]);
        let table: [(&str, &[&str]); 22] = [
            ("", &["Ann", "anna", "bob", "carol", "dora"]),
            ("email = \"ann@example.com\"", &["Ann"]),
            ("email = \"ANN@EXAMPLE.COM\"", &["Ann"]),
            ("\"email\"^=\"ann\"", &["Ann", "anna"]),
            ("email ^= \"\"", &["Ann", "anna", "dora"]),
            ("email = \"nobody@example.com\"", &[]),
            ("given_name = \"ann\"", &["Ann", "anna"]),
            ("name = \"bob \\\"the\\\" \\\\ builder\"", &["bob"]),
            ("name ^= \"%\"", &[]),
            ("phone_number ^= \"+1206\"", &["bob"]),
            ("username = \"Ann\"", &["Ann"]),
            ("username = \"ann\"", &[]),
            ("username ^= \"ann\"", &["anna"]),
            (&by_sub, &["bob"]),
            (&by_start, &["bob"]),
            (
                "cognito:user_status = \"Confirmed\"",
                &["Ann", "anna", "bob"],
            ),
            ("cognito:user_status ^= \"FORCE\"", &["carol"]),
            ("cognito:user_status = \"UNCONFIRMED\"", &["dora"]),
            ("cognito:user_status = \"nonsense\"", &[]),
            ("status = \"Disabled\"", &["bob"]),
            ("status = \"Enabled\"", &["Ann", "anna", "carol", "dora"]),
            ("status = \"disabled\"", &[]),
        ];
        for (filter, expected) in table {
            assert_eq!(sorted(&kit, &pool, filter).await, expected, "{filter}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_is_searched_as_the_pool_compares_names() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.is_case_sensitive = false)
            .await;
        kit.user(&pool, "Alice").await;
        assert_eq!(sorted(&kit, &pool, "username = \"ALICE\"").await, ["alice"]);
        let pool = kit
            .pool_with(|settings| settings.username_attributes = vec![ContactAttribute::Email])
            .await;
        let user = kit.user(&pool, "Bob@example.com").await;
        let name = [user.username.to_string()];
        assert_eq!(
            sorted(&kit, &pool, "email = \"bob@example.com\"").await,
            name
        );
        let by_name = format!("username = \"{}\"", user.username);
        assert_eq!(sorted(&kit, &pool, &by_name).await, name);
    })
    .await;
}

#[tokio::test]
async fn each_user_is_on_one_page_and_no_page_is_too_long() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let mut expected = Vec::new();
        for number in 0..65 {
            let name = format!("user-{number:02}");
            let email = format!("same-{}@example.com", number % 2);
            kit.invited_user_with(&pool, &name, &[("email", &email)])
                .await;
            expected.push(name);
        }
        for filter in [
            "",
            "email ^= \"same\"",
            "status = \"Enabled\"",
            "username ^= \"user-\"",
        ] {
            for limit in [1, 7, 60] {
                let mut listed = names(&kit, &pool, filter, limit).await;
                listed.sort_unstable();
                assert_eq!(listed, expected, "{filter} by {limit}");
            }
        }
        assert_eq!(
            names(&kit, &pool, "email = \"SAME-1@example.com\"", 5)
                .await
                .len(),
            32
        );
        for limit in [0, 60, 1000] {
            let mut request = request(&pool, "");
            request.limit = limit;
            let page = kit.list_users(request).await.unwrap();
            assert_eq!(page.users.len(), 60, "{limit}");
            assert!(page.next_token.is_some());
        }
        // The order stands while others come and go.
        let mut request = request(&pool, "username ^= \"user-\"");
        request.limit = 2;
        let first = kit.list_users(request.clone()).await.unwrap();
        kit.admin_delete_user(&pool.id, "user-01").await.unwrap();
        kit.invited_user(&pool, "user-00b").await;
        request.page = first.next_token;
        let second = kit.list_users(request).await.unwrap();
        assert_eq!(second.users[0].user.username.as_str(), "user-02");
    })
    .await;
}

#[tokio::test]
async fn s60_a_page_of_users_is_bound_to_pool_and_filter() {
    on_every_engine(|kit| async move {
        let (pool, other) = (house(&kit).await, house(&kit).await);
        let page = |pool: &UserPool, filter: &str, token: Option<PageToken>| {
            let mut request = request(pool, filter);
            (request.limit, request.page) = (1, token);
            request
        };
        let first = kit.list_users(page(&pool, "email ^= \"a\"", None)).await;
        let token = first.unwrap().next_token.unwrap();
        // Blanks and quotation marks do not make it another list, nor does the length of pages.
        let same = page(&pool, "\"email\"^=\"a\"", Some(token.clone()));
        let rest = kit.list_users(same).await.unwrap();
        assert_eq!((rest.users.len(), rest.next_token), (1, None));

        let refused = "InvalidInput(\"Invalid pagination token\")";
        for (pool, filter) in [
            (&other, "email ^= \"a\""),
            (&pool, ""),
            (&pool, "email = \"a\""),
            (&pool, "email ^= \"an\""),
            (&pool, "given_name ^= \"a\""),
        ] {
            let replayed = page(pool, filter, Some(token.clone()));
            assert_eq!(fact(&kit.list_users(replayed).await), refused, "{filter}");
        }
        let mut flipped = URL_SAFE_NO_PAD.decode(&token.0).unwrap();
        *flipped.last_mut().unwrap() ^= 1;
        for forged in [
            String::new(),
            "' OR '1'='1".to_owned(),
            URL_SAFE_NO_PAD.encode(&flipped),
            URL_SAFE_NO_PAD.encode("0123456789abcdef' OR '1'='1"),
            "A".repeat(100_000),
        ] {
            let forged = page(&pool, "email ^= \"a\"", Some(PageToken(forged)));
            assert_eq!(fact(&kit.list_users(forged).await), refused);
        }
    })
    .await;
}

#[tokio::test]
async fn s60_a_text_in_a_filter_is_never_more_than_a_text() {
    on_every_engine(|kit| async move {
        let pool = house(&kit).await;
        for value in [
            "' OR '1'='1",
            "x'; DROP TABLE users; --",
            "a%",
            "_nn",
            "ann\0",
            "\u{10ffff}",
        ] {
            for name in [
                "email",
                "name",
                "username",
                "sub",
                "cognito:user_status",
                "status",
            ] {
                for operator in ["=", "^="] {
                    let filter = format!("{name} {operator} \"{value}\"");
                    assert!(sorted(&kit, &pool, &filter).await.is_empty(), "{filter}");
                }
            }
        }
        assert_eq!(sorted(&kit, &pool, "").await.len(), 4);
    })
    .await;
}

fn shown(page: &Result<UsersPage, ServiceError>) -> String {
    let Ok(page) = page else { return fact(page) };
    let users = page.users.iter().map(|listed| {
        let mut names: Vec<_> = listed.user.attributes.keys().map(String::as_str).collect();
        if listed.shows_sub {
            names.push("sub");
        }
        names.join(" ")
    });
    users.collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn only_attributes_that_everybody_on_the_page_has_can_be_asked_for() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let both = [
            ("email", "a@example.com"),
            ("name", "Ann"),
            ("nickname", "an"),
        ];
        kit.user_with(&pool, "ann", &both).await;
        kit.user_with(&pool, "bob", &[("email", "b@example.com")])
            .await;
        let missing = "RequestedAttributeMissing";
        let table: [(&str, Option<&[&str]>, &str); 11] = [
            ("email ^= \"a\"", None, "email name nickname sub"),
            ("email ^= \"a\"", Some(&[]), ""),
            ("email ^= \"a\"", Some(&["name"]), "name"),
            ("email ^= \"a\"", Some(&["sub", "name", "name"]), "name sub"),
            ("", Some(&["email"]), "email, email"),
            ("", Some(&["sub"]), "sub, sub"),
            ("", Some(&["name"]), missing),
            ("name = \"ann\"", Some(&["name"]), "name"),
            ("name = \"nobody\"", Some(&["name"]), ""),
            ("name = \"nobody\"", Some(&["custom:unknown"]), missing),
            ("name = \"nobody\"", Some(&["username"]), missing),
        ];
        for (filter, attributes, expected) in table {
            let mut request = request(&pool, filter);
            let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
            request.attributes = attributes.map(owned);
            let found = shown(&kit.list_users(request).await);
            assert_eq!(found, expected, "{filter} {attributes:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_of_nothing_is_empty_and_an_unknown_pool_is_none() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let page = kit.list_users(request(&pool, "")).await.unwrap();
        assert!(page.users.is_empty() && page.next_token.is_none());
        let mut nowhere = request(&pool, "");
        nowhere.pool_id = UserPoolId::new("us-east-1_nowhere");
        let expected = format!("UserPoolNotFound({:?})", nowhere.pool_id);
        assert_eq!(fact(&kit.list_users(nowhere).await), expected);
        let refused = fact(&kit.list_users(request(&pool, "email")).await);
        assert_eq!(refused, "FilterInvalid");
        let refused = fact(&kit.list_users(request(&pool, "custom:a = \"b\"")).await);
        assert_eq!(refused, "FilterAttributeUnknown(\"custom:a\")");
    })
    .await;
}

#[tokio::test]
async fn a_list_agrees_with_the_users_after_many_changes_at_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user_with(&pool, "ann", &[("email", "ann@example.com")])
            .await;
        let changes = (0..24).map(|number| {
            let (kit, pool) = (&kit, &pool);
            async move {
                if number % 2 == 0 {
                    kit.admin_disable_user(&pool.id, "ann").await
                } else {
                    kit.admin_enable_user(&pool.id, "ann").await
                }
            }
        });
        let outcomes = futures_util::future::join_all(changes).await;
        assert!(outcomes.iter().any(Result::is_ok));
        let user = kit.admin_get_user(&pool.id, "ann").await.unwrap();
        let enabled = sorted(&kit, &pool, "status = \"Enabled\"").await;
        let disabled = sorted(&kit, &pool, "status = \"Disabled\"").await;
        assert_eq!(enabled.len() + disabled.len(), 1);
        assert_eq!(enabled.len() == 1, user.is_enabled);
        assert_eq!(sorted(&kit, &pool, "email ^= \"ann\"").await, ["ann"]);
    })
    .await;
}
