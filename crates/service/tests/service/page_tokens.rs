//! Lists of pools and clients, and the tokens that name their pages.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_model::{Region, UserPoolId};
use poolhouse_service::{CreateUserPool, PageToken};
use poolhouse_testkit::{TestService, on_every_engine};

use crate::facts::fact;

async fn pool_ids(kit: &TestService, region: Option<&str>, limit: u32) -> Vec<String> {
    let (mut ids, mut token) = (Vec::new(), None);
    loop {
        let page = kit
            .list_user_pools(region.map(Region::new), limit, token.as_ref())
            .await
            .unwrap();
        assert!(page.pools.len() <= limit as usize);
        ids.extend(page.pools.iter().map(|pool| pool.id.as_str().to_owned()));
        match page.next_token {
            Some(next) => token = Some(next),
            None => return ids,
        }
    }
}

#[tokio::test]
async fn each_pool_of_a_region_is_listed_once() {
    on_every_engine(|kit| async move {
        let mut made = Vec::new();
        for index in 0..7 {
            let region = if index < 5 {
                None
            } else {
                Some(Region::new("eu-west-1"))
            };
            let request = CreateUserPool {
                name: format!("pool-{index}"),
                region,
                settings: poolhouse_model::UserPoolSettings::default(),
            };
            made.push(kit.create_user_pool(request).await.unwrap().id);
        }
        let mut expected: Vec<_> = made[..5].iter().map(UserPoolId::to_string).collect();
        expected.sort_unstable();
        for limit in [1, 2, 5, 60] {
            let mut listed = pool_ids(&kit, None, limit).await;
            listed.sort_unstable();
            assert_eq!(listed, expected, "limit {limit}");
        }
        assert_eq!(pool_ids(&kit, Some("eu-west-1"), 60).await.len(), 2);
        assert!(pool_ids(&kit, Some("ap-south-1"), 60).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn s60_a_page_token_is_authenticated_and_bound_to_its_query() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        for _ in 0..3 {
            kit.public_client(&pool).await;
            kit.public_client(&other).await;
        }
        let page = kit.list_user_pool_clients(&pool.id, 2, None).await.unwrap();
        let token = page.next_token.unwrap();
        let rest = kit
            .list_user_pool_clients(&pool.id, 2, Some(&token))
            .await
            .unwrap();
        assert_eq!((rest.clients.len(), rest.next_token), (1, None));

        let refused = "InvalidInput(\"Invalid pagination token\")";
        let elsewhere = kit.list_user_pool_clients(&other.id, 2, Some(&token)).await;
        assert_eq!(fact(&elsewhere), refused);
        let elsewhere = kit.list_user_pools(None, 2, Some(&token)).await;
        assert_eq!(fact(&elsewhere), refused);
        let injected = URL_SAFE_NO_PAD.encode("0123456789abcdef' OR '1'='1");
        let mut cut = token.0.clone();
        cut.pop();
        for forged in [
            String::new(),
            cut,
            injected,
            "%".to_owned(),
            "A".repeat(100_000),
        ] {
            let token = PageToken(forged);
            let answer = kit.list_user_pool_clients(&pool.id, 2, Some(&token)).await;
            assert_eq!(fact(&answer), refused);
        }
    })
    .await;
}
