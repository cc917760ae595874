//! `ChangePassword`: by who is signed in and knows the password.

use futures_util::future::join_all;
use poolhouse_model::{Ttl, UserStatus};
use poolhouse_service::{ChangePassword, RefreshRequest};
use poolhouse_testkit::{PASSWORD, SignInExt, TestService, on_every_engine};

use crate::facts::{fact, outcome};

const NEW: &str = "N3w!password";

#[tokio::test]
async fn a_changed_password_signs_in_and_the_old_one_does_not() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.confidential_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let changed = kit.change_own_password(&tokens, PASSWORD, NEW).await;
        assert_eq!(fact(&changed), "Ok");
        for (password, expected) in [(NEW, "Tokens"), (PASSWORD, "WrongUsernameOrPassword")] {
            let by_password = kit.sign_in(&client, "alice", password).await;
            assert_eq!(outcome(&by_password), expected);
            let by_srp = kit.sign_in_by_srp(&client, "alice", password).await;
            assert_eq!(outcome(&by_srp), expected);
        }
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(user.status, UserStatus::Confirmed);
    })
    .await;
}

#[tokio::test]
async fn s30_the_sign_in_that_changes_the_password_goes_on_and_all_others_end() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let (here, elsewhere) = (
            kit.tokens_of(&client, "alice").await,
            kit.tokens_of(&client, "alice").await,
        );
        let mut password = PASSWORD;
        for next in [NEW, PASSWORD] {
            let changed = kit.change_own_password(&here, password, next).await;
            assert_eq!(fact(&changed), "Ok");
            password = next;
        }
        for (tokens, works) in [(&here, true), (&elsewhere, false)] {
            let user = kit.get_user(tokens.access_token.expose()).await;
            assert_eq!(user.is_ok(), works);
            let renewed = kit.get_tokens_from_refresh_token(RefreshRequest {
                client_id: client.id.clone(),
                client_secret: None,
                refresh_token: tokens.refresh_token.clone().unwrap(),
            });
            assert_eq!(renewed.await.is_ok(), works);
        }
        let refused = kit.change_own_password(&elsewhere, PASSWORD, NEW).await;
        assert_eq!(fact(&refused), "AccessTokenRevoked");
    })
    .await;
}

#[tokio::test]
async fn s41_a_password_is_not_changed_without_the_one_before() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let without = kit.change_password(ChangePassword {
            access_token: tokens.access_token.clone(),
            previous_password: None,
            proposed_password: NEW.into(),
        });
        let refused = fact(&without.await);
        assert_eq!(refused, r#"ParameterMissing("PreviousPassword")"#);
        let lower = PASSWORD.to_lowercase();
        for wrong in [NEW, lower.as_str(), ""] {
            let refused = kit.change_own_password(&tokens, wrong, NEW).await;
            assert_eq!(fact(&refused), "WrongUsernameOrPassword", "{wrong}");
        }
        // Who has no password is not given one by a token alone.
        kit.change(&pool, "alice", |user| user.password = None)
            .await;
        for previous in [PASSWORD, ""] {
            let refused = kit.change_own_password(&tokens, previous, NEW).await;
            assert_eq!(fact(&refused), "WrongUsernameOrPassword");
        }
    })
    .await;
}

#[tokio::test]
async fn s41_a_token_must_speak_for_the_user() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let change = async |token: &str| {
            let changed = kit.change_password(ChangePassword {
                access_token: token.into(),
                previous_password: Some(PASSWORD.into()),
                proposed_password: NEW.into(),
            });
            fact(&changed.await)
        };
        let id_token = tokens.id_token.as_ref().unwrap().expose();
        for token in ["garbage", id_token] {
            assert_eq!(change(token).await, "AccessTokenInvalid");
        }
        let access_token = tokens.access_token.expose();
        kit.clock.advance(Ttl::from_hours(1));
        assert_eq!(change(access_token).await, "AccessTokenExpired");
        let tokens = kit.tokens_of(&client, "alice").await;
        kit.disable(&pool, "alice").await;
        let access_token = tokens.access_token.expose();
        assert_eq!(change(access_token).await, "UserDisabled");
        kit.admin_delete_user(&pool.id, "alice").await.unwrap();
        assert_eq!(change(access_token).await, "UserNotFound");
    })
    .await;
}

#[tokio::test]
async fn s41_a_password_is_tried_five_times_an_hour_by_a_token_also_at_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        kit.user(&pool, "bob").await;
        let client = kit.public_client(&pool).await;
        let (alice, bob) = (
            kit.tokens_of(&client, "alice").await,
            kit.tokens_of(&client, "bob").await,
        );
        let guesses = (0..20).map(|_| kit.change_own_password(&alice, "Wr0ng!word", NEW));
        let outcomes = join_all(guesses).await;
        let facts: Vec<String> = outcomes.iter().map(fact).collect();
        let looked_at = facts.iter().filter(|f| *f == "WrongUsernameOrPassword");
        assert_eq!(looked_at.count(), 5, "{facts:?}");
        let refused = kit.change_own_password(&alice, PASSWORD, NEW).await;
        assert_eq!(fact(&refused), "AttemptLimitExceeded");
        let changed = kit.change_own_password(&bob, PASSWORD, NEW).await;
        assert_eq!(fact(&changed), "Ok");
        // It locks no sign-in.
        kit.tokens_of(&client, "alice").await;
        kit.clock.advance(Ttl::from_hours(1));
        let later = kit.tokens_of(&client, "alice").await;
        let changed = kit.change_own_password(&later, PASSWORD, NEW).await;
        assert_eq!(fact(&changed), "Ok");
    })
    .await;
}

#[tokio::test]
async fn of_changes_at_once_one_wins_and_its_password_signs_in() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let passwords = ["0ne!password", "Tw0!password", "Thr33!password"];
        let changes =
            passwords.map(|password| kit.change_own_password(&tokens, PASSWORD, password));
        let outcomes = join_all(changes).await;
        let mut winners = 0;
        for (password, changed) in passwords.iter().zip(&outcomes) {
            let signed_in = outcome(&kit.sign_in(&client, "alice", password).await);
            assert_eq!(changed.is_ok(), signed_in == "Tokens", "{outcomes:?}");
            winners += u32::from(changed.is_ok());
        }
        assert_eq!(winners, 1, "{outcomes:?}");
    })
    .await;
}

#[tokio::test]
async fn a_change_outlives_the_process() {
    let kit = TestService::start_on_disk().await;
    let pool = kit.pool().await;
    kit.user(&pool, "alice").await;
    let client = kit.public_client(&pool).await;
    let tokens = kit.tokens_of(&client, "alice").await;
    let changed = kit.change_own_password(&tokens, PASSWORD, NEW).await;
    assert_eq!(fact(&changed), "Ok");
    let kit = kit.crash_and_restart().await;
    assert_eq!(outcome(&kit.sign_in(&client, "alice", NEW).await), "Tokens");
    let user = kit.get_user(tokens.access_token.expose()).await;
    assert_eq!(fact(&user), "Ok");
}
