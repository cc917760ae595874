//! Wrong passwords are counted for every name that can be typed, and lock it for a while.

use futures_util::future::join_all;
use poolhouse_model::{AliasAttribute, LONGEST_LOCK, Ttl};
use poolhouse_service::{AuthFlow, HostedStep};
use poolhouse_testkit::{PASSWORD, SignInExt, TestClient, TestService, on_every_engine};

use crate::facts::{fact, outcome};

const WRONG: &str = "WrongUsernameOrPassword";
const LOCKED: &str = "PasswordAttemptsExceeded";

async fn guess(kit: &TestService, client: &TestClient, name: &str) -> String {
    outcome(&kit.sign_in(client, name, "Wr0ng!word").await)
}

#[tokio::test]
async fn s36_five_failures_are_free_then_each_lock_is_twice_as_long() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        // A name that leads nowhere is locked by the same steps.
        let discreet = kit.discreet_client(&pool).await;
        for (client, name) in [
            (kit.public_client(&pool).await, "alice"),
            (discreet.clone(), "alice"),
            (discreet, "nobody"),
        ] {
            for _ in 0..5 {
                assert_eq!(guess(&kit, &client, name).await, WRONG);
            }
            for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
                kit.clock.advance(Ttl::from_millis(seconds * 1000 - 1));
                assert_eq!(guess(&kit, &client, name).await, LOCKED, "{seconds} s");
                let right = kit.sign_in(&client, name, PASSWORD).await;
                assert_eq!(outcome(&right), LOCKED, "the right password waits too");
                kit.clock.advance(Ttl::from_millis(1));
                assert_eq!(guess(&kit, &client, name).await, WRONG, "{seconds} s");
            }
            kit.clock.advance(LONGEST_LOCK);
            if name == "alice" {
                kit.tokens_of(&client, name).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s36_a_right_password_gives_the_count_back() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(guess(&kit, &client, "alice").await, WRONG);
            }
            kit.tokens_of(&client, "alice").await;
        }
        for _ in 0..4 {
            assert_eq!(guess(&kit, &client, "alice").await, WRONG);
        }
        let by_srp = kit.sign_in_by_srp(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&by_srp), "Tokens");
        assert_eq!(guess(&kit, &client, "alice").await, WRONG);
    })
    .await;
}

#[tokio::test]
async fn s36_all_doors_and_names_of_a_user_share_one_count() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|s| s.alias_attributes = vec![AliasAttribute::Email])
            .await;
        let verified = [("email", "alice@example.com"), ("email_verified", "true")];
        kit.user_with(&pool, "alice", &verified).await;
        let (client, other) = (
            kit.public_client(&pool).await,
            kit.discreet_client(&pool).await,
        );
        assert_eq!(guess(&kit, &client, "alice").await, WRONG);
        assert_eq!(guess(&kit, &other, "alice@example.com").await, WRONG);
        let by_srp = kit.sign_in_by_srp(&client, "alice", "Wr0ng!word").await;
        assert_eq!(outcome(&by_srp), WRONG);
        let pairs = [("USERNAME", "alice"), ("PASSWORD", "Wr0ng!word")];
        let admin = kit.admin_initiate(&client, AuthFlow::AdminUserPassword, &pairs);
        assert_eq!(outcome(&admin.await), WRONG);
        let authorization = kit.authorize(&client, &[]).await.unwrap();
        let wrong = "Wr0ng!word".into();
        let page = kit.hosted_sign_in(&authorization, "alice", &wrong, None);
        assert_eq!(fact(&page.await), WRONG);

        assert_eq!(guess(&kit, &client, "alice").await, LOCKED);
        assert_eq!(guess(&kit, &other, "alice@example.com").await, LOCKED);
        let by_srp = kit.sign_in_by_srp(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&by_srp), LOCKED);
        let page = kit.sign_in_for(&client, "alice", &[]).await;
        assert_eq!(fact(&page), LOCKED);
    })
    .await;
}

#[tokio::test]
async fn s36_an_unknown_name_is_folded_before_it_is_counted() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(|s| s.is_case_sensitive = false).await;
        let client = kit.discreet_client(&pool).await;
        for name in ["nobody", "Nobody", "NOBODY", "nObody", "noBody"] {
            assert_eq!(guess(&kit, &client, name).await, WRONG);
        }
        assert_eq!(guess(&kit, &client, "nobody").await, LOCKED);
        assert_eq!(guess(&kit, &client, "somebody").await, WRONG);
    })
    .await;
}

#[tokio::test]
async fn s36_one_users_lock_is_no_other_users_or_pools() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        for (pool, name) in [(&pool, "alice"), (&pool, "bob"), (&other, "alice")] {
            kit.user(pool, name).await;
        }
        let client = kit.public_client(&pool).await;
        for _ in 0..6 {
            guess(&kit, &client, "alice").await;
        }
        assert_eq!(guess(&kit, &client, "alice").await, LOCKED);
        kit.tokens_of(&client, "bob").await;
        kit.tokens_of(&kit.public_client(&other).await, "alice")
            .await;
    })
    .await;
}

#[tokio::test]
async fn s36_the_count_survives_a_restart_and_is_shared_by_instances() {
    let kit = TestService::start_on_disk().await;
    let pool = kit.pool().await;
    kit.user(&pool, "alice").await;
    let client = kit.public_client(&pool).await;
    let second = kit.another_instance();
    for _ in 0..3 {
        assert_eq!(guess(&kit, &client, "alice").await, WRONG);
        let guessed = second.sign_in(&client, "alice", "Wr0ng!word").await;
        let _ = outcome(&guessed);
    }
    drop(second);
    let kit = kit.crash_and_restart().await;
    assert_eq!(guess(&kit, &client, "alice").await, LOCKED);
}

#[tokio::test]
async fn s36_a_password_that_an_administrator_sets_ends_the_lock() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        for _ in 0..8 {
            guess(&kit, &client, "alice").await;
            kit.clock.advance(Ttl::from_secs(5));
        }
        guess(&kit, &client, "alice").await;
        assert_eq!(guess(&kit, &client, "alice").await, LOCKED);
        kit.set_password(&pool, "alice", PASSWORD).await;
        kit.tokens_of(&client, "alice").await;
    })
    .await;
}

#[tokio::test]
async fn a_right_password_in_a_state_that_refuses_it_does_not_count() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.discreet_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        for _ in 0..8 {
            let refused = kit.sign_in(&client, "alice", PASSWORD).await;
            assert_eq!(outcome(&refused), "UserNotConfirmed");
            let refused = kit.sign_in_by_srp(&client, "alice", PASSWORD).await;
            assert_eq!(outcome(&refused), "UserNotConfirmed");
        }
        kit.invited_user(&pool, "bob").await;
        let authorization = kit.authorize(&client, &[]).await.unwrap();
        for _ in 0..8 {
            let page = kit
                .hosted_sign_in(&authorization, "bob", &PASSWORD.into(), None)
                .await;
            assert!(matches!(page, Ok(HostedStep::NewPassword(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn s37_two_hundred_wrong_passwords_at_once_count_as_two_hundred() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let user = kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let before = kit.password_hash_count();
        let guesses = join_all((0..200).map(|_| guess(&kit, &client, "alice"))).await;
        let looked_at = guesses.iter().filter(|guess| *guess == WRONG).count();
        let refused = guesses.iter().filter(|guess| *guess == LOCKED).count();
        // The fifth locks, so no more than five were ever compared.
        assert_eq!((looked_at, refused), (5, 195));
        assert_eq!(kit.password_hash_count() - before, 5);
        // Those that came before the lock was seen lengthen it, as one after the other would have.
        let counted = kit.lockout_of(&user).await.failures;
        assert!((5..=200).contains(&counted), "{counted}");
        assert_eq!(guess(&kit, &client, "alice").await, LOCKED);
    })
    .await;
}
