//! Which client may use which flow.

use poolhouse_model::{ExplicitAuthFlow, UserPool};
use poolhouse_service::AuthFlow;
use poolhouse_testkit::{PASSWORD, SignInExt, TestClient, TestService, on_every_engine};

use crate::changing_clients::change;
use crate::facts::outcome;

use ExplicitAuthFlow as Flow;

async fn client_of(
    kit: &TestService,
    pool: &UserPool,
    flows: Option<&[ExplicitAuthFlow]>,
) -> TestClient {
    kit.client_with(pool, |request| {
        request.settings.explicit_auth_flows = flows.map(<[_]>::to_vec);
    })
    .await
}

/// What a client gets of the four flows: `+` for an answer, `-` for "not enabled".
async fn probe(kit: &TestService, client: &TestClient, refresh_token: &str) -> String {
    let password = [("USERNAME", "alice"), ("PASSWORD", PASSWORD)];
    let srp = [("USERNAME", "alice"), ("SRP_A", "2a")];
    let refresh = [("REFRESH_TOKEN", refresh_token)];
    let outcomes = [
        kit.initiate(client, AuthFlow::UserPassword, &password)
            .await,
        kit.admin_initiate(client, AuthFlow::AdminUserPassword, &password)
            .await,
        kit.initiate(client, AuthFlow::UserSrp, &srp).await,
        kit.initiate(client, AuthFlow::RefreshToken, &refresh).await,
    ];
    let signs = outcomes
        .iter()
        .map(|result| match outcome(result).as_str() {
            "Tokens" | "PASSWORD_VERIFIER" | "RefreshTokenInvalid" => '+',
            text if text.contains("AuthFlowNotEnabled") => '-',
            other => panic!("{other}"),
        });
    signs.collect()
}

#[tokio::test]
async fn s33_a_flow_works_only_for_clients_that_enabled_it() {
    const ALL: &[Flow] = &[
        Flow::AllowUserPassword,
        Flow::AllowAdminUserPassword,
        Flow::AllowUserSrp,
        Flow::AllowRefreshToken,
    ];
    // Columns: password, admin password, SRP, refresh.
    let table: [(Option<&[Flow]>, &str); 13] = [
        (None, "--++"),
        (Some(&[]), "--++"),
        (Some(&[Flow::AllowUserPassword]), "+---"),
        (Some(&[Flow::AllowAdminUserPassword]), "-+--"),
        (Some(&[Flow::AllowUserSrp]), "--+-"),
        (Some(&[Flow::AllowRefreshToken]), "---+"),
        (Some(&[Flow::AllowCustom]), "----"),
        (Some(&[Flow::AllowUserAuth]), "----"),
        (Some(ALL), "++++"),
        // With the older names SRP and refresh need none of their own, unless only triggers may
        // decide.
        (Some(&[Flow::LegacyUserPassword]), "+-++"),
        (Some(&[Flow::LegacyAdminNoSrp]), "-+++"),
        (Some(&[Flow::LegacyCustomOnly]), "---+"),
        (
            Some(&[Flow::LegacyUserPassword, Flow::LegacyAdminNoSrp]),
            "++++",
        ),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let updated = kit.public_client(&pool).await;
        for (flows, expected) in table {
            let client = client_of(&kit, &pool, flows).await;
            let given = probe(&kit, &client, "none").await;
            assert_eq!(given, expected, "{flows:?}");
            // A client that was updated is obeyed as one that was made so.
            change(&kit, &updated, |settings| {
                settings.explicit_auth_flows = flows.map(<[_]>::to_vec);
            })
            .await;
            let given = probe(&kit, &updated, "none").await;
            assert_eq!(given, expected, "updated to {flows:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn s33_older_and_newer_names_do_not_mix() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let settings = poolhouse_model::AppClientSettings {
            explicit_auth_flows: Some(vec![Flow::AllowUserSrp, Flow::LegacyUserPassword]),
            ..Default::default()
        };
        let refused = kit.create_user_pool_client(poolhouse_service::CreateUserPoolClient {
            pool_id: pool.id.clone(),
            name: "mixed".into(),
            generates_secret: false,
            client_secret: None,
            settings,
        });
        let refused = crate::facts::fact(&refused.await);
        assert!(refused.starts_with("InvalidInput"), "{refused}");
    })
    .await;
}
