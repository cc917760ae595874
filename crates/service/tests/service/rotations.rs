//! Refresh tokens that are replaced at each use.

use futures_util::future::join_all;
use poolhouse_model::{ExplicitAuthFlow, RefreshTokenRotation, Ttl, UserPool};
use poolhouse_testkit::{SignInExt, TestClient, TestService, on_every_engine};

use crate::facts::fact;
use crate::reading_tokens::claims;
use crate::refreshes::{by_endpoint, by_flow, by_operation, refresh_token};

async fn rotating_client(kit: &TestService, pool: &UserPool, grace_secs: i64) -> TestClient {
    kit.client_with(pool, |request| {
        let flows = vec![ExplicitAuthFlow::AllowUserPassword];
        request.settings.explicit_auth_flows = Some(flows);
        request.settings.refresh_token_rotation = Some(RefreshTokenRotation {
            is_enabled: true,
            retry_grace_period_secs: grace_secs,
        });
    })
    .await
}

#[tokio::test]
async fn s27_rotation_gives_a_new_token_each_time_and_shuts_the_flow() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = rotating_client(&kit, &pool, 0).await;
        let mut tokens = kit.tokens_of(&client, "alice").await;
        let by_flow = by_flow(&kit, &client, refresh_token(&tokens), "alice").await;
        assert_eq!(fact(&by_flow), "RefreshTokenRotationEnabled");
        for round in 0..4 {
            let next = if round % 2 == 0 {
                by_operation(&kit, &client, refresh_token(&tokens))
                    .await
                    .unwrap()
            } else {
                by_endpoint(&kit, &client, refresh_token(&tokens))
                    .await
                    .unwrap()
            };
            assert_ne!(refresh_token(&next), refresh_token(&tokens));
            tokens = next;
        }
    })
    .await;
}

#[tokio::test]
async fn s27_a_rotated_token_works_on_for_the_grace_period_and_then_ends_its_family() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        for grace in [0, 10, 60] {
            let client = rotating_client(&kit, &pool, grace).await;
            let first = kit.tokens_of(&client, "alice").await;
            let second = by_operation(&kit, &client, refresh_token(&first))
                .await
                .unwrap();
            if grace > 0 {
                kit.clock.advance(Ttl::from_millis(grace * 1000 - 1));
                let retried = by_operation(&kit, &client, refresh_token(&first))
                    .await
                    .unwrap();
                // Both lead on.
                let third = by_operation(&kit, &client, refresh_token(&retried)).await;
                assert_eq!(fact(&third), "Ok");
                let third = by_operation(&kit, &client, refresh_token(&second)).await;
                assert_eq!(fact(&third), "Ok");
                kit.clock.advance(Ttl::from_secs(grace));
            }
            let live = kit.tokens_of(&client, "alice").await;
            let reused = by_operation(&kit, &client, refresh_token(&first)).await;
            assert_eq!(fact(&reused), "RefreshTokenReused", "grace {grace}");
            let ended = by_operation(&kit, &client, refresh_token(&second)).await;
            assert_eq!(fact(&ended), "RefreshTokenRevoked");
            let token = second.access_token.expose();
            assert_eq!(fact(&kit.get_user(token).await), "AccessTokenRevoked");
            // Another sign-in is another family.
            let other = by_operation(&kit, &client, refresh_token(&live)).await;
            assert_eq!(fact(&other), "Ok");
        }
    })
    .await;
}

#[tokio::test]
async fn s27_fifty_refreshes_at_once_leave_one_live_family() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = rotating_client(&kit, &pool, 30).await;
        let first = kit.tokens_of(&client, "alice").await;
        let refreshes = (0..50).map(|_| by_operation(&kit, &client, refresh_token(&first)));
        let outcomes = join_all(refreshes).await;
        let mut families = Vec::new();
        for tokens in outcomes {
            let tokens = tokens.unwrap();
            let claims = claims(&kit, &pool.id, &tokens.access_token).await;
            families.push(claims["origin_jti"].clone());
            // Each of them is the same next token.
            assert_eq!(
                fact(&kit.get_user(tokens.access_token.expose()).await),
                "Ok"
            );
        }
        families.dedup();
        assert_eq!(families.len(), 1);

        // Without a grace period one wins, and the others show that two hold the token.
        let strict = rotating_client(&kit, &pool, 0).await;
        let first = kit.tokens_of(&strict, "alice").await;
        let refreshes = (0..50).map(|_| by_operation(&kit, &strict, refresh_token(&first)));
        let outcomes = join_all(refreshes).await;
        let winners: Vec<_> = outcomes.iter().flatten().collect();
        assert_eq!(winners.len(), 1);
        let ended = by_operation(&kit, &strict, refresh_token(winners[0])).await;
        assert_eq!(fact(&ended), "RefreshTokenRevoked");
    })
    .await;
}

#[tokio::test]
async fn s28_rotation_does_not_lengthen_the_life_of_a_family() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = rotating_client(&kit, &pool, 0).await;
        let mut tokens = kit.tokens_of(&client, "alice").await;
        for _ in 0..29 {
            kit.clock.advance(Ttl::from_days(1));
            tokens = by_operation(&kit, &client, refresh_token(&tokens))
                .await
                .unwrap();
        }
        kit.clock.advance(Ttl::from_days(1));
        let refused = by_operation(&kit, &client, refresh_token(&tokens)).await;
        assert_eq!(fact(&refused), "RefreshTokenExpired");
    })
    .await;
}

#[tokio::test]
async fn a_client_that_rotates_cannot_list_the_refresh_flow() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let refused = kit.create_user_pool_client(poolhouse_service::CreateUserPoolClient {
            pool_id: pool.id.clone(),
            name: "app".into(),
            generates_secret: false,
            client_secret: None,
            settings: poolhouse_model::AppClientSettings {
                explicit_auth_flows: Some(vec![ExplicitAuthFlow::AllowRefreshToken]),
                refresh_token_rotation: Some(RefreshTokenRotation {
                    is_enabled: true,
                    retry_grace_period_secs: 0,
                }),
                ..Default::default()
            },
        });
        assert!(fact(&refused.await).starts_with("InvalidInput"));
    })
    .await;
}
