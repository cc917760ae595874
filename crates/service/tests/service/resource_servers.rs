//! Resource servers, and their scopes on clients and in the tokens of users.

use std::collections::BTreeSet;

use poolhouse_model::{OAuthFlow, ResourceServer, ResourceServerScope, UserPool, UserPoolId};
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_service::{CreateUserPoolClient, PageToken};
use poolhouse_storage::{Write, WriteBatch, Writer as _};
use poolhouse_testkit::{CALLBACK_URL, TestService, on_every_engine};

use crate::claims::exchange;
use crate::facts::fact;
use crate::reading_tokens::claims;

fn server(pool_id: &UserPoolId, identifier: &str, scopes: &[&str]) -> ResourceServer {
    let scopes = scopes.iter().map(|name| ResourceServerScope {
        name: (*name).to_owned(),
        description: format!("may {name}"),
    });
    ResourceServer {
        pool_id: pool_id.clone(),
        identifier: identifier.to_owned(),
        name: "API".to_owned(),
        scopes: scopes.collect(),
        version: 0,
    }
}

#[tokio::test]
async fn a_resource_server_is_made_read_replaced_and_deleted() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        let id = "https://api.example.com/v1";
        let made = kit
            .create_resource_server(server(&pool.id, id, &["write", "read"]))
            .await
            .unwrap();
        let read = kit.describe_resource_server(&pool.id, id).await.unwrap();
        assert_eq!(read, made);
        let again = kit.create_resource_server(server(&pool.id, id, &[])).await;
        assert_eq!(
            fact(&again),
            format!(
                "ResourceServerExists {{ identifier: {id:?}, pool_id: {:?} }}",
                pool.id
            )
        );
        let gone = format!("ResourceServerNotFound({id:?})");
        // s66: another pool's is not there.
        let foreign = kit.describe_resource_server(&other.id, id).await;
        assert_eq!(fact(&foreign), gone);
        let foreign = kit.update_resource_server(server(&other.id, id, &[])).await;
        assert_eq!(fact(&foreign), gone);
        assert_eq!(fact(&kit.delete_resource_server(&other.id, id).await), gone);
        // What is left out is gone.
        let changed = ResourceServer {
            name: "another name".to_owned(),
            ..server(&pool.id, id, &[])
        };
        let changed = kit.update_resource_server(changed).await.unwrap();
        let read = kit.describe_resource_server(&pool.id, id).await.unwrap();
        assert_eq!(read, changed);
        assert!(read.scopes.is_empty());
        assert_eq!(read.name, "another name");
        kit.delete_resource_server(&pool.id, id).await.unwrap();
        let read = kit.describe_resource_server(&pool.id, id).await;
        assert_eq!(fact(&read), gone);
        assert_eq!(fact(&kit.delete_resource_server(&pool.id, id).await), gone);
    })
    .await;
}

#[tokio::test]
async fn a_missing_pool_and_a_scope_that_comes_twice_are_refused() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let nowhere = UserPoolId::new("us-east-1_nowhere");
        let no_pool = format!("UserPoolNotFound({nowhere:?})");
        for refused in [
            fact(
                &kit.create_resource_server(server(&nowhere, "api", &[]))
                    .await,
            ),
            fact(
                &kit.update_resource_server(server(&nowhere, "api", &[]))
                    .await,
            ),
            fact(&kit.describe_resource_server(&nowhere, "api").await),
            fact(&kit.delete_resource_server(&nowhere, "api").await),
            fact(&kit.list_resource_servers(&nowhere, 50, None).await),
        ] {
            assert_eq!(refused, no_pool);
        }
        let twice = "InvalidInput(\"The scope read is given twice.\")";
        let double = || server(&pool.id, "api", &["read", "write", "read"]);
        let refused = kit.create_resource_server(double()).await;
        assert_eq!(fact(&refused), twice);
        kit.resource_server(&pool, "api", &["read"]).await;
        let refused = kit.update_resource_server(double()).await;
        assert_eq!(fact(&refused), twice);
    })
    .await;
}

#[tokio::test]
async fn resource_servers_are_listed_page_by_page_and_limited() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        for identifier in ["c", "a", "b"] {
            kit.resource_server(&pool, identifier, &["read"]).await;
        }
        let first = kit.list_resource_servers(&pool.id, 2, None).await.unwrap();
        let token = first.next_token.unwrap();
        let rest = kit.list_resource_servers(&pool.id, 2, Some(&token)).await;
        let rest = rest.unwrap();
        let listed = first.servers.iter().chain(&rest.servers);
        assert!(
            listed
                .map(|server| server.identifier.as_str())
                .eq(["a", "b", "c"])
        );
        assert_eq!(rest.next_token, None);
        // s60
        let refused = "InvalidInput(\"Invalid pagination token\")";
        let elsewhere = kit.list_resource_servers(&other.id, 2, Some(&token)).await;
        assert_eq!(fact(&elsewhere), refused);
        let forged = PageToken("AAAA".to_owned());
        let forged = kit.list_resource_servers(&pool.id, 2, Some(&forged)).await;
        assert_eq!(fact(&forged), refused);
        let many = (3..300).map(|number| {
            let server = server(&pool.id, &format!("s{number}"), &[]);
            Write::CreateResourceServer(Box::new(server))
        });
        let batch = WriteBatch::of(many.collect::<Vec<_>>());
        kit.storage().write(batch).await.unwrap();
        let refused = kit
            .create_resource_server(server(&pool.id, "more", &[]))
            .await;
        assert_eq!(
            fact(&refused),
            "ResourceLimitExceeded(\"resource servers\")"
        );
    })
    .await;
}

#[tokio::test]
async fn s31_a_client_is_given_scopes_that_exist_only() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        kit.resource_server(&pool, "https://api.example.com/v1", &["read"])
            .await;
        kit.resource_server(&other, "elsewhere", &["read"]).await;
        let create = async |scope: &str| {
            let request = CreateUserPoolClient {
                pool_id: pool.id.clone(),
                name: "app".into(),
                generates_secret: false,
                client_secret: None,
                settings: poolhouse_model::AppClientSettings {
                    callback_urls: vec![CALLBACK_URL.to_owned()],
                    allowed_oauth_flows: BTreeSet::from([OAuthFlow::Code]),
                    allowed_oauth_scopes: vec!["openid".to_owned(), scope.to_owned()],
                    is_oauth_enabled: true,
                    ..Default::default()
                },
            };
            fact(&kit.create_user_pool_client(request).await)
        };
        assert_eq!(create("https://api.example.com/v1/read").await, "Ok");
        for scope in [
            "https://api.example.com/v1/write",
            "https://api.example.com/read",
            "https://api.example.com/v1/READ",
            "https://api.example.com/v1/",
            "/read",
            "elsewhere/read",
            "offline_access",
            "Cognito",
            "OPENID",
        ] {
            let expected = format!("ScopeDoesNotExist({scope:?})");
            assert_eq!(create(scope).await, expected);
        }
    })
    .await;
}

async fn client_for(
    kit: &TestService,
    pool: &UserPool,
    scopes: &[&str],
) -> poolhouse_testkit::TestClient {
    kit.client_with(pool, |request| {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned());
        request.settings.allowed_oauth_scopes = scopes.collect();
    })
    .await
}

#[tokio::test]
async fn s31_custom_scopes_are_in_the_access_tokens_of_users_as_long_as_they_exist() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        kit.resource_server(&pool, "api", &["read", "write"]).await;
        let client = client_for(&kit, &pool, &["openid", "api/read", "api/write"]).await;
        let scope = [("scope", "openid api/write api/read")];
        let tokens = exchange(&kit, &client, "alice", &scope).await;
        let access = claims(&kit, &pool.id, &tokens.access).await;
        assert_eq!(access["scope"], "openid api/write api/read");
        // Without a scope parameter the client gets all that it may have.
        let all = exchange(&kit, &client, "alice", &[]).await;
        let access = claims(&kit, &pool.id, &all.access).await;
        assert_eq!(access["scope"], "openid api/read api/write");
        // A deleted scope is asked for as before, and left out; it comes back with the scope.
        let code = kit.authorization_code(&client, "alice", &scope).await;
        for (scopes, expected) in [
            (&["read"][..], "openid api/read"),
            (&["read", "write"], "openid api/write api/read"),
            (&[], "openid"),
        ] {
            kit.resource_server(&pool, "api", scopes).await;
            let pairs = [
                ("grant_type", "refresh_token"),
                ("refresh_token", tokens.refresh.as_ref().unwrap().expose()),
            ];
            let Ok(TokenResponse::User { access_token, .. }) =
                kit.token_request(&client, &pairs).await
            else {
                panic!("no tokens")
            };
            let access = claims(&kit, &pool.id, &access_token).await;
            assert_eq!(access["scope"], expected);
            let again = exchange(&kit, &client, "alice", &scope).await;
            let access = claims(&kit, &pool.id, &again.access).await;
            assert_eq!(access["scope"], expected);
        }
        // The one that was granted before says so too: it was exchanged late.
        let Ok(TokenResponse::User { access_token, .. }) =
            kit.exchange_code(&client, &code, &[]).await
        else {
            panic!("no tokens")
        };
        let access = claims(&kit, &pool.id, &access_token).await;
        assert_eq!(access["scope"], "openid");
        kit.delete_resource_server(&pool.id, "api").await.unwrap();
        let again = exchange(&kit, &client, "alice", &scope).await;
        let access = claims(&kit, &pool.id, &again.access).await;
        assert_eq!(access["scope"], "openid");
    })
    .await;
}

#[tokio::test]
async fn s31_a_scope_that_the_client_lacks_is_refused_whether_it_exists_or_not() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.resource_server(&pool, "api", &["read", "write"]).await;
        let client = client_for(&kit, &pool, &["openid", "api/read"]).await;
        for scope in [
            "openid api/write",
            "api/none",
            "other/read",
            "api/read api/write",
        ] {
            let refused = kit.authorize(&client, &[("scope", scope)]).await.err();
            let refused = format!("{:?}", refused.unwrap());
            assert!(
                refused.contains("ScopeInvalid(NotAllowed)"),
                "{scope}: {refused}"
            );
        }
        assert!(
            kit.authorize(&client, &[("scope", "api/read")])
                .await
                .is_ok()
        );
    })
    .await;
}
