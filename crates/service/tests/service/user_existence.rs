//! What an outsider learns about whether a user exists.

use poolhouse_model::{AliasAttribute, LONGEST_LOCK, User, UserPool, UserStatus};
use poolhouse_service::HostedStep;
use poolhouse_testkit::{PASSWORD, SignInExt, TestClient, TestService, on_every_engine};

use crate::facts::{fact, outcome};

/// Makes one user of every state, named after it.
async fn users_of_every_state(kit: &TestService, pool: &UserPool, client: &TestClient) {
    kit.user(pool, "confirmed").await;
    kit.invited_user(pool, "invited").await;
    kit.signed_up_user(client, "unconfirmed", "u@example.com")
        .await;
    kit.user(pool, "disabled").await;
    kit.disable(pool, "disabled").await;
    kit.user(pool, "reset").await;
    kit.change(pool, "reset", |user: &mut User| {
        user.status = UserStatus::ResetRequired;
    })
    .await;
}

/// A name with what the right and a wrong password of it give.
type Row = (&'static str, &'static str, &'static str);

async fn check(kit: &TestService, client: &TestClient, table: &[Row]) {
    for (name, right, wrong) in table {
        let given = kit.sign_in(client, name, PASSWORD).await;
        assert_eq!(outcome(&given), *right, "{name}");
        let given = kit.sign_in(client, name, "Wr0ng!word").await;
        assert_eq!(outcome(&given), *wrong, "{name}");
        let given = kit.sign_in_by_srp(client, name, PASSWORD).await;
        assert_eq!(outcome(&given), *right, "{name} by SRP");
        let given = kit.sign_in_by_srp(client, name, "Wr0ng!word").await;
        assert_eq!(outcome(&given), *wrong, "{name} by SRP");
        kit.clock.advance(LONGEST_LOCK);
        let authorization = kit.authorize(client, &[]).await.unwrap();
        let page = kit
            .hosted_sign_in(&authorization, name, &PASSWORD.into(), None)
            .await;
        match *right {
            "Tokens" => assert!(matches!(page, Ok(HostedStep::SignedIn(_)))),
            "NEW_PASSWORD_REQUIRED" => assert!(matches!(page, Ok(HostedStep::NewPassword(_)))),
            // The page asks for the code that confirms the user.
            "UserNotConfirmed" => assert!(matches!(page, Ok(HostedStep::Confirmation(_)))),
            right => assert_eq!(fact(&page), right, "{name} on the page"),
        }
        kit.clock.advance(LONGEST_LOCK);
        let password = "Wr0ng!word".into();
        let page = kit
            .hosted_sign_in(&authorization, name, &password, None)
            .await;
        // The page asks for the code of a sign-up, and so for the password before.
        let wrong = match *wrong {
            "UserNotConfirmed" => "WrongUsernameOrPassword",
            wrong => wrong,
        };
        assert_eq!(fact(&page), wrong, "{name} on the page");
    }
}

#[tokio::test]
async fn the_state_comes_first_where_user_existence_is_no_secret() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        users_of_every_state(&kit, &pool, &client).await;
        let wrong = "WrongUsernameOrPassword";
        let table = [
            ("confirmed", "Tokens", wrong),
            ("invited", "NEW_PASSWORD_REQUIRED", wrong),
            ("unconfirmed", "UserNotConfirmed", "UserNotConfirmed"),
            ("disabled", "UserDisabled", "UserDisabled"),
            ("reset", "PasswordResetRequired", "PasswordResetRequired"),
            ("nobody", "UserNotFound", "UserNotFound"),
        ];
        check(&kit, &client, &table).await;
    })
    .await;
}

#[tokio::test]
async fn s34_only_the_right_password_learns_the_state_where_user_existence_is_hidden() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.discreet_client(&pool).await;
        users_of_every_state(&kit, &pool, &client).await;
        let wrong = "WrongUsernameOrPassword";
        let table = [
            ("confirmed", "Tokens", wrong),
            ("invited", "NEW_PASSWORD_REQUIRED", wrong),
            ("unconfirmed", "UserNotConfirmed", wrong),
            ("disabled", "UserDisabled", wrong),
            ("reset", "PasswordResetRequired", wrong),
            ("nobody", wrong, wrong),
        ];
        check(&kit, &client, &table).await;
    })
    .await;
}

#[tokio::test]
async fn s34_an_srp_challenge_looks_the_same_with_and_without_a_user() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                settings.is_case_sensitive = false;
                settings.alias_attributes = vec![AliasAttribute::Email];
            })
            .await;
        let client = kit.discreet_client(&pool).await;
        users_of_every_state(&kit, &pool, &client).await;
        // Whose verifier is not there, as after an import of hashes.
        kit.user(&pool, "imported").await;
        kit.change(&pool, "imported", |user| {
            user.password.as_mut().unwrap().srp = None;
        })
        .await;
        for name in ["confirmed", "disabled", "reset", "imported", "nobody"] {
            let typed = name.to_uppercase();
            let (_, challenge) = kit.start_srp(&client, &typed).await.unwrap();
            let parameters = &challenge.parameters;
            assert_eq!(parameters["USER_ID_FOR_SRP"], name);
            assert_eq!(parameters["USERNAME"], name);
            assert_eq!(parameters["SALT"].len(), 32, "{name}");
            let hex_digits = parameters["SRP_B"].len();
            assert!((760..=768).contains(&hex_digits), "{name}: {hex_digits}");
            let (_, again) = kit.start_srp(&client, &typed).await.unwrap();
            assert_eq!(again.parameters["SALT"], parameters["SALT"], "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn s35_a_password_costs_one_hash_whether_there_is_such_a_user_or_not() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.discreet_client(&pool).await;
        users_of_every_state(&kit, &pool, &client).await;
        for name in [
            "confirmed",
            "invited",
            "unconfirmed",
            "disabled",
            "reset",
            "nobody",
        ] {
            for password in [PASSWORD, "Wr0ng!word"] {
                let before = kit.password_hash_count();
                let _ = kit.sign_in(&client, name, password).await;
                assert_eq!(kit.password_hash_count() - before, 1, "{name}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s35_a_locked_name_costs_no_hash_whether_there_is_such_a_user_or_not() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.discreet_client(&pool).await;
        kit.user(&pool, "alice").await;
        for name in ["alice", "nobody"] {
            for _ in 0..5 {
                let _ = kit.sign_in(&client, name, "Wr0ng!word").await;
            }
            let before = kit.password_hash_count();
            let refused = kit.sign_in(&client, name, PASSWORD).await;
            assert_eq!(outcome(&refused), "PasswordAttemptsExceeded");
            assert_eq!(kit.password_hash_count(), before, "{name}");
        }
    })
    .await;
}
