//! The store as a whole: emptied, copied and put back.

use std::sync::Arc;

use poolhouse_model::{UserPool, UserPoolId};
use poolhouse_service::{CreateUserPool, Service, ServiceError, SignInOutcome, WholeStoreFailure};
use poolhouse_testkit::{
    PASSWORD, SignInExt as _, TestDatabase, TestService, admin_request, on_every_engine,
    sign_up_request,
};

async fn is_signed_in(kit: &TestService, client: &poolhouse_testkit::TestClient) -> bool {
    let outcome = kit.sign_in(client, "jane", PASSWORD).await;
    matches!(outcome, Ok(SignInOutcome::Tokens(_)))
}

#[tokio::test]
async fn a_reset_leaves_nothing_and_nothing_of_it_is_remembered() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.is_deletion_protected = true)
            .await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "jane").await;
        assert!(is_signed_in(&kit, &client).await);
        kit.service().reset_store().await.unwrap();
        let gone = kit.service().pool(&pool.id).await;
        assert!(matches!(gone, Err(ServiceError::UserPoolNotFound(_))));
        let gone = kit.client(&client.id).await;
        assert!(matches!(gone, Err(ServiceError::AppClientNotFound(_))));
        assert!(kit.list_pools_of_region().await.unwrap().is_empty());
        assert!(kit.list_inbox(None, None).await.unwrap().is_empty());
    })
    .await;
}

/// A pool of a fixed id.
async fn fixed_pool(service: &Service) -> UserPool {
    let mut settings = poolhouse_model::UserPoolSettings::default();
    let id = "us-east-1_Fixed0001".to_owned();
    settings.tags.insert("_custom_id_".to_owned(), id);
    let request = CreateUserPool {
        name: "fixed".to_owned(),
        region: None,
        settings,
    };
    service.create_user_pool(request).await.unwrap()
}

#[tokio::test]
async fn a_pool_of_the_same_id_made_after_a_reset_has_keys_of_its_own() {
    on_every_engine(|kit| async move {
        let pool = fixed_pool(&kit).await;
        let before = kit.jwk_set(&pool.id).await.unwrap();
        kit.service().reset_store().await.unwrap();
        let pool = fixed_pool(&kit).await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "jane").await;
        assert!(is_signed_in(&kit, &client).await);
        // Keys of tests come out of a small stock: what they are sealed with is never the same.
        let other = kit.another_instance();
        let outcome = other.sign_in(&client, "jane", PASSWORD).await;
        assert!(matches!(outcome, Ok(SignInOutcome::Tokens(_))));
        assert_eq!(
            *kit.jwk_set(&pool.id).await.unwrap(),
            *other.jwk_set(&pool.id).await.unwrap()
        );
        drop(before);
    })
    .await;
}

#[tokio::test]
async fn a_pools_reset_takes_its_users_and_leaves_its_clients() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.confidential_client(&pool).await;
        kit.signed_up_user(&client, "jane", "jane@example.com")
            .await;
        let other = kit.pool().await;
        let other_client = kit.public_client(&other).await;
        kit.user(&other, "jane").await;
        kit.service().reset_pool(&pool.id).await.unwrap();
        assert!(kit.messages_to("jane@example.com").await.is_empty());
        assert!(is_signed_in(&kit, &other_client).await);
        // The name is free, and the client is the same.
        kit.user(&pool, "jane").await;
        assert!(is_signed_in(&kit, &client).await);
        let nowhere = UserPoolId::new("us-east-1_Nowhere00");
        let failure = kit.service().reset_pool(&nowhere).await.unwrap_err();
        assert!(matches!(
            failure,
            WholeStoreFailure::Service(ServiceError::UserPoolNotFound(_))
        ));
    })
    .await;
}

async fn a_snapshot_is_the_way_back(kit: TestService) {
    let pool = kit.pool().await;
    let client = kit.confidential_client(&pool).await;
    kit.user(&pool, "jane").await;
    let facts = kit.take_snapshot("begin").await.unwrap();
    assert_eq!(kit.list_snapshots(), std::slice::from_ref(&facts));
    for _ in 0..2 {
        kit.set_password(&pool, "jane", "An0ther-password").await;
        kit.user(&pool, "joe").await;
        let added = kit.pool().await;
        kit.delete_user_pool_client(&pool.id, &client.id)
            .await
            .unwrap();
        let restored = kit.service().restore_snapshot("begin").await.unwrap();
        assert_eq!(restored, facts);
        assert!(is_signed_in(&kit, &client).await);
        let gone = kit.service().pool(&added.id).await;
        assert!(matches!(gone, Err(ServiceError::UserPoolNotFound(_))));
        let gone = kit.admin_get_user(&pool.id, "joe").await;
        assert!(matches!(gone, Err(ServiceError::UserNotFound)));
    }
    // Tokens of before work on, those of the time that was undone do not.
    kit.delete_snapshot("begin").unwrap();
    let unknown = kit.service().restore_snapshot("begin").await;
    assert!(matches!(
        unknown,
        Err(WholeStoreFailure::SnapshotNotFound(_))
    ));
    assert!(is_signed_in(&kit, &client).await, "nothing was changed");
}

#[tokio::test]
async fn a_snapshot_brings_back_what_was_and_takes_away_what_came_after() {
    on_every_engine(a_snapshot_is_the_way_back).await;
    a_snapshot_is_the_way_back(TestService::start_on_disk().await).await;
}

#[tokio::test]
async fn tokens_of_before_a_snapshot_live_on_and_those_of_after_end_with_a_restore() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "jane").await;
        let before = kit.tokens_of(&client, "jane").await;
        kit.take_snapshot("s").await.unwrap();
        let after = kit.tokens_of(&client, "jane").await;
        kit.service().restore_snapshot("s").await.unwrap();
        assert!(kit.get_user(before.access_token.expose()).await.is_ok());
        assert!(kit.get_user(after.access_token.expose()).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_restored_store_survives_a_crash() {
    let kit = TestService::start_on_disk().await;
    let pool = kit.pool().await;
    let client = kit.public_client(&pool).await;
    kit.user(&pool, "jane").await;
    kit.take_snapshot("s").await.unwrap();
    kit.service().reset_store().await.unwrap();
    kit.service().restore_snapshot("s").await.unwrap();
    let kit = kit.crash_and_restart().await;
    assert!(is_signed_in(&kit, &client).await);
    assert!(kit.list_snapshots().is_empty(), "they end with the process");
}

#[tokio::test]
async fn the_number_and_the_names_of_snapshots_are_bounded() {
    let kit = TestService::start().await;
    for name in ["", "a b", "../a", "a/b", "é", &"a".repeat(65)] {
        let refused = kit.take_snapshot(name).await;
        assert!(matches!(
            refused,
            Err(WholeStoreFailure::SnapshotNameInvalid)
        ));
    }
    for number in 0..16 {
        kit.take_snapshot(&format!("s-{number}")).await.unwrap();
    }
    let refused = kit.take_snapshot("one-more").await;
    assert!(matches!(refused, Err(WholeStoreFailure::TooManySnapshots)));
    // One of a name that is there takes its place.
    kit.take_snapshot("s-3").await.unwrap();
    kit.delete_snapshot("s-4").unwrap();
    kit.take_snapshot("one-more").await.unwrap();
}

#[tokio::test]
async fn outside_the_dev_profile_nothing_is_emptied_or_copied() {
    let kit = TestService::start_with(|settings| settings.is_dev = false).await;
    let pool = kit.pool().await;
    let failures = [
        kit.service().reset_store().await.unwrap_err(),
        kit.service().reset_pool(&pool.id).await.unwrap_err(),
        kit.take_snapshot("s").await.unwrap_err(),
    ];
    for failure in failures {
        assert!(matches!(
            failure,
            WholeStoreFailure::Service(ServiceError::FeatureNotServed(_))
        ));
    }
    assert!(kit.service().pool(&pool.id).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_reset_waits_for_requests_under_way_but_not_for_ever() {
    let kit = TestService::start().await;
    let pool = kit.pool().await;
    let service = kit.service();
    let lease = service.lease_store().await;
    let refused = service.reset_store().await;
    assert!(matches!(refused, Err(WholeStoreFailure::RequestsUnderWay)));
    assert!(kit.service().pool(&pool.id).await.is_ok());
    drop(lease);
    service.reset_store().await.unwrap();
    assert!(kit.service().pool(&pool.id).await.is_err());
}

#[tokio::test]
async fn a_reset_whose_caller_hangs_up_still_happens_whole() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let service = kit.service();
        let lease = service.lease_store().await;
        {
            let resetting = std::pin::pin!(service.reset_store());
            let begun = futures_util::future::poll_immediate(resetting).await;
            assert!(begun.is_none(), "it waits for the lease");
        }
        drop(lease);
        // Who comes later waits for what replaces the store, or comes before it: both end.
        for _ in 0..1000 {
            drop(service.lease_store().await);
            if service.list_pools_of_region().await.unwrap().is_empty() {
                break;
            }
            tokio::task::yield_now().await;
        }
        let gone = service.pool(&pool.id).await;
        assert!(matches!(gone, Err(ServiceError::UserPoolNotFound(_))));
    })
    .await;
}

#[tokio::test]
async fn sign_ups_at_the_time_of_a_pools_reset_leave_whole_users_or_none() {
    on_every_engine(|kit| async move {
        let kit = Arc::new(kit);
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let sign_ups = (0..24).map(|number| {
            let (kit, client) = (Arc::clone(&kit), client.clone());
            tokio::spawn(async move {
                let service = kit.service();
                let lease = service.lease_store().await;
                let request = sign_up_request(&client, &format!("user{number}"));
                let outcome = kit.sign_up(request).await;
                drop(lease);
                outcome.map(drop)
            })
        });
        let sign_ups: Vec<_> = sign_ups.collect();
        for _ in 0..4 {
            kit.service().reset_pool(&pool.id).await.unwrap();
            tokio::task::yield_now().await;
        }
        for sign_up in sign_ups {
            sign_up.await.unwrap().unwrap();
        }
        for number in 0..24 {
            let name = format!("user{number}");
            match kit.admin_get_user(&pool.id, &name).await {
                // The name is free, or leads to a user who is there.
                Err(ServiceError::UserNotFound) => {
                    kit.admin_create_user(admin_request(&pool, &name))
                        .await
                        .unwrap();
                }
                outcome => assert_eq!(outcome.unwrap().username.as_str(), name),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn another_instance_on_the_same_database_writes_no_part_of_a_user_into_a_reset() {
    let Some(database) = TestDatabase::make().await else {
        return;
    };
    let kit = TestService::start_on_postgres(&database).await;
    let pool = kit.pool().await;
    let other = kit.another_instance();
    let writing = tokio::spawn({
        let (other, pool) = (Arc::clone(&other), pool.clone());
        async move {
            for number in 0..30 {
                let request = admin_request(&pool, &format!("user{number}"));
                other.admin_create_user(request).await.unwrap();
            }
        }
    });
    for _ in 0..5 {
        kit.service().reset_pool(&pool.id).await.unwrap();
    }
    writing.await.unwrap();
    for number in 0..30 {
        let name = format!("user{number}");
        if kit.admin_get_user(&pool.id, &name).await.is_err() {
            kit.admin_create_user(admin_request(&pool, &name))
                .await
                .unwrap();
        }
    }
    drop((kit, other));
    database.drop_it().await;
}
