//! `GetClientToken`: tokens of clients by the JSON API.

use poolhouse_model::{ClientId, ExplicitAuthFlow, UserPool};
use poolhouse_service::{AuthFlow, CreateUserPoolClient, GetClientToken};
use poolhouse_testkit::{PASSWORD, SignInExt, TestClient, TestService, on_every_engine};

use crate::facts::{fact, outcome};
use crate::reading_tokens::{claims, names};

/// A client as the documentation of the operation makes one: no OAuth flow, scopes, one flow.
async fn token_client(kit: &TestService, pool: &UserPool, scopes: &[&str]) -> TestClient {
    kit.client_with(pool, |request| {
        request.generates_secret = true;
        request.settings = poolhouse_model::AppClientSettings {
            explicit_auth_flows: Some(vec![ExplicitAuthFlow::AllowClientToken]),
            allowed_oauth_scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            ..Default::default()
        };
    })
    .await
}

fn request(client: &TestClient, scopes: &[&str]) -> GetClientToken {
    GetClientToken {
        client_id: client.id.clone(),
        secret: client.secret.clone().unwrap(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    }
}

#[tokio::test]
async fn the_token_is_that_of_the_client_credentials_grant() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.resource_server(&pool, "api", &["read", "write"]).await;
        let client = token_client(&kit, &pool, &["api/read", "api/write"]).await;
        let by_api = kit.get_client_token(request(&client, &[])).await.unwrap();
        assert_eq!(by_api.access_token_ttl.as_secs(), 3600);
        let machine = kit.machine_client(&pool, &["api/read", "api/write"]).await;
        let grant = [("grant_type", "client_credentials")];
        let by_endpoint = kit.token_request(&machine, &grant).await;
        let by_endpoint = crate::client_credentials::token(by_endpoint);
        let by_api = claims(&kit, &pool.id, &by_api.access_token).await;
        let by_endpoint = claims(&kit, &pool.id, &by_endpoint).await;
        assert_eq!(names(&by_api), names(&by_endpoint));
        assert_eq!(by_api["sub"], client.id.as_str());
        assert_eq!(by_api["scope"], "api/read api/write");
        let one = kit.get_client_token(request(&client, &["api/write"])).await;
        let one = claims(&kit, &pool.id, &one.unwrap().access_token).await;
        assert_eq!(one["scope"], "api/write");
    })
    .await;
}

#[tokio::test]
async fn s31_scopes_are_those_of_the_client_and_custom_ones_only() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.resource_server(&pool, "api", &["read"]).await;
        let client = token_client(&kit, &pool, &["openid", "api/read"]).await;
        let all = kit.get_client_token(request(&client, &[])).await.unwrap();
        let all = claims(&kit, &pool.id, &all.access_token).await;
        assert_eq!(all["scope"], "api/read");
        for scopes in [
            &["openid"][..],
            &["aws.cognito.signin.user.admin"],
            &["api/read", "openid"],
            &["api/none"],
        ] {
            let refused = kit.get_client_token(request(&client, scopes)).await;
            assert_eq!(fact(&refused), "ScopeNotGranted(NotAllowed)", "{scopes:?}");
        }
        let without = token_client(&kit, &pool, &["openid"]).await;
        let refused = kit.get_client_token(request(&without, &[])).await;
        assert_eq!(fact(&refused), "ScopeNotGranted(NothingToGrant)");
    })
    .await;
}

#[tokio::test]
async fn s33_the_flow_must_be_enabled_and_lets_no_user_in() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        kit.resource_server(&pool, "api", &["read"]).await;
        let client = token_client(&kit, &pool, &["api/read"]).await;
        for flows in [
            None,
            Some(vec![]),
            Some(vec![ExplicitAuthFlow::AllowUserPassword]),
            Some(vec![ExplicitAuthFlow::LegacyAdminNoSrp]),
        ] {
            let other = kit
                .client_with(&pool, |request| {
                    request.generates_secret = true;
                    request.settings.explicit_auth_flows = flows;
                })
                .await;
            let refused = kit.get_client_token(request(&other, &[])).await;
            assert_eq!(fact(&refused), "AuthFlowNotEnabled(\"CLIENT_TOKEN_AUTH\")");
        }
        let password = [("USERNAME", "alice"), ("PASSWORD", PASSWORD)];
        let srp = [("USERNAME", "alice"), ("SRP_A", "2a")];
        let refresh = [("REFRESH_TOKEN", "x"), ("USERNAME", "alice")];
        for refused in [
            kit.initiate(&client, AuthFlow::UserPassword, &password)
                .await,
            kit.initiate(&client, AuthFlow::UserSrp, &srp).await,
            kit.initiate(&client, AuthFlow::RefreshToken, &refresh)
                .await,
            kit.admin_initiate(&client, AuthFlow::AdminUserPassword, &password)
                .await,
        ] {
            let refused = outcome(&refused);
            assert!(refused.contains("AuthFlowNotEnabled"), "{refused}");
        }
        // At the token endpoint it is the grant that counts, and it is not enabled.
        let grant = [("grant_type", "client_credentials")];
        let refused = kit.token_request(&client, &grant).await;
        assert_eq!(fact(&refused), "Refused(GrantNotAllowed)");
    })
    .await;
}

#[tokio::test]
async fn s25_a_wrong_secret_and_an_unknown_client_get_nothing() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.resource_server(&pool, "api", &["read"]).await;
        let client = token_client(&kit, &pool, &["api/read"]).await;
        let public = kit.public_client(&pool).await;
        for (id, secret) in [
            (&client.id, "wrong".into()),
            (&client.id, "".into()),
            (&public.id, client.secret.clone().unwrap()),
        ] {
            let refused = kit
                .get_client_token(GetClientToken {
                    client_id: id.clone(),
                    secret,
                    scopes: Vec::new(),
                })
                .await;
            assert_eq!(fact(&refused), "ClientNotAuthenticated");
        }
        let nobody = GetClientToken {
            client_id: ClientId::new("nobody"),
            ..request(&client, &[])
        };
        let refused = fact(&kit.get_client_token(nobody).await);
        assert_eq!(refused, "AppClientNotFound(ClientId(\"nobody\"))");
    })
    .await;
}

#[tokio::test]
async fn the_flow_stands_alone_and_wants_a_secret() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let create = async |flows: &[ExplicitAuthFlow], generates_secret| {
            let request = CreateUserPoolClient {
                pool_id: pool.id.clone(),
                name: "machine".into(),
                generates_secret,
                client_secret: None,
                settings: poolhouse_model::AppClientSettings {
                    explicit_auth_flows: Some(flows.to_vec()),
                    ..Default::default()
                },
            };
            fact(&kit.create_user_pool_client(request).await)
        };
        assert_eq!(
            create(&[ExplicitAuthFlow::AllowClientToken], true).await,
            "Ok"
        );
        let alone = create(
            &[
                ExplicitAuthFlow::AllowClientToken,
                ExplicitAuthFlow::AllowUserSrp,
            ],
            true,
        )
        .await;
        assert!(
            alone.contains("must be the only ExplicitAuthFlow"),
            "{alone}"
        );
        let secret = create(&[ExplicitAuthFlow::AllowClientToken], false).await;
        assert!(secret.contains("does not have a client secret"), "{secret}");
    })
    .await;
}
