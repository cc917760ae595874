//! Whose password can be reset, by what, and what outsiders learn of it.

use poolhouse_model::{
    AliasAttribute, ContactAttribute, RecoveryMechanism, Ttl, UserPool, UserStatus,
};
use poolhouse_service::CreateUserPool;
use poolhouse_testkit::{PASSWORD, SignInExt, TestClient, TestService, on_every_engine};

use crate::facts::{fact, outcome};

const NEW: &str = "N3w!password";

/// What `ForgotPassword`, `ConfirmForgotPassword` and `AdminResetUserPassword` answer.
type Row = (&'static str, &'static str, &'static str, &'static str);

/// Makes one user of every state, named after it; each but `unreachable` and `unconfirmed` has a
/// verified address.
async fn users_of_every_state(kit: &TestService, pool: &UserPool, client: &TestClient) {
    for name in ["confirmed", "invited", "disabled", "reset", "federated"] {
        kit.reachable_user(pool, name).await;
    }
    kit.temporary_password(pool, "invited").await;
    kit.disable(pool, "disabled").await;
    kit.change(pool, "reset", |user| {
        user.status = UserStatus::ResetRequired;
    })
    .await;
    kit.change(pool, "federated", |user| {
        user.status = UserStatus::ExternalProvider;
    })
    .await;
    let unverified = [("email", "unreachable@example.com")];
    kit.user_with(pool, "unreachable", &unverified).await;
    kit.signed_up_user(client, "unconfirmed", "unconfirmed@example.com")
        .await;
}

#[tokio::test]
async fn the_state_is_told_where_user_existence_is_no_secret() {
    let not_now = "PasswordNotResettable";
    let table: [Row; 8] = [
        ("confirmed", "Ok", "CodeMismatch", "Ok"),
        ("reset", "Ok", "CodeMismatch", "Ok"),
        ("invited", not_now, not_now, not_now),
        ("federated", not_now, not_now, not_now),
        ("disabled", "UserDisabled", "UserDisabled", "UserDisabled"),
        (
            "unreachable",
            "PasswordResetUnreachable",
            "CodeExpired",
            "PasswordResetUnreachable",
        ),
        (
            "unconfirmed",
            "PasswordResetUnreachable",
            "UserNotConfirmed",
            "PasswordResetUnreachable",
        ),
        (
            "nobody",
            "UsernameClientCombinationNotFound",
            "UsernameClientCombinationNotFound",
            "UserNotFound",
        ),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        users_of_every_state(&kit, &pool, &client).await;
        for (name, forgotten, confirmed, demanded) in table {
            assert_eq!(fact(&kit.forget(&client, name).await), forgotten, "{name}");
            let answered = kit.reset(&client, name, "no code", NEW).await;
            assert_eq!(fact(&answered), confirmed, "{name}");
            let by_admin = kit.demand_reset(&pool, name).await;
            assert_eq!(fact(&by_admin), demanded, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn s34_a_reset_does_not_tell_whether_there_is_such_a_user() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.discreet_client(&pool).await;
        users_of_every_state(&kit, &pool, &client).await;
        let names = [
            "confirmed",
            "reset",
            "invited",
            "federated",
            "disabled",
            "unreachable",
            "unconfirmed",
            "nobody",
        ];
        for name in names {
            let before = kit.password_hash_count();
            let early = kit.reset(&client, name, "000000", NEW).await;
            assert_eq!(fact(&early), "CodeExpired", "{name}: none was asked for");
            let promised = kit.forget(&client, name).await.unwrap();
            assert_eq!(promised.attribute, ContactAttribute::Email, "{name}");
            let (local, domain) = promised.destination.split_once("***@").unwrap();
            assert!(local.len() == 1 && domain.len() == 4, "{name}");
            kit.clock.advance(Ttl::from_secs(1));
            let again = kit.forget(&client, name).await.unwrap();
            assert_eq!(again, promised, "{name}: it stays the same");
            for round in 0..7 {
                let expected = if round < 5 {
                    "CodeMismatch"
                } else {
                    "CodeExpired"
                };
                let refused = kit.reset(&client, name, "no code", NEW).await;
                assert_eq!(fact(&refused), expected, "{name}, round {round}");
            }
            kit.forget(&client, name).await.unwrap();
            kit.clock.advance(Ttl::from_hours(1));
            let late = kit.reset(&client, name, "no code", NEW).await;
            assert_eq!(fact(&late), "CodeExpired", "{name}: an hour later");
            assert_eq!(kit.password_hash_count(), before, "{name}: s35");
        }
        for name in &names[2..7] {
            let sent = kit.messages_to(&format!("{name}@example.com")).await;
            let of_sign_up = usize::from(*name == "unconfirmed");
            assert_eq!(sent.len(), of_sign_up, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn s34_the_owner_of_a_code_learns_no_state_that_came_after_it() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.reachable_user(&pool, "alice").await;
        for (client, expected) in [
            (kit.discreet_client(&pool).await, "CodeMismatch"),
            (kit.public_client(&pool).await, "UserDisabled"),
        ] {
            kit.change(&pool, "alice", |user| user.is_enabled = true)
                .await;
            kit.clock.advance(Ttl::from_secs(1));
            kit.forget(&client, "alice").await.unwrap();
            let code = kit.code_to("alice@example.com").await;
            kit.disable(&pool, "alice").await;
            let refused = kit.reset(&client, "alice", &code, NEW).await;
            assert_eq!(fact(&refused), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn s34_a_made_up_destination_has_the_form_of_the_name_and_of_the_pools_mechanisms() {
    use RecoveryMechanism::{VerifiedEmail, VerifiedPhoneNumber};
    on_every_engine(|kit| async move {
        let table: [(Option<Vec<RecoveryMechanism>>, [&str; 3]); 3] = [
            (None, ["e***@f***", "+*******1234", "@"]),
            (Some(vec![VerifiedEmail]), ["e***@f***", "@", "@"]),
            (Some(vec![VerifiedPhoneNumber]), ["+", "+*******1234", "+"]),
        ];
        for (mechanisms, expected) in table {
            let pool = kit
                .pool_with(|settings| {
                    settings.is_case_sensitive = false;
                    settings.account_recovery = mechanisms;
                    settings.alias_attributes =
                        vec![AliasAttribute::Email, AliasAttribute::PhoneNumber];
                })
                .await;
            let client = kit.discreet_client(&pool).await;
            let names = ["Eve@Forest.example", "+12065551234", "nobody"];
            for (name, expected) in names.into_iter().zip(expected) {
                let made_up = kit.forget(&client, name).await.unwrap().destination;
                let has_form =
                    made_up == expected || (expected.len() == 1 && made_up.contains(expected));
                assert!(has_form, "{name}: {made_up} is not like {expected}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_mechanisms_decide_in_their_order_what_a_code_goes_to() {
    use RecoveryMechanism::{AdminOnly, VerifiedEmail, VerifiedPhoneNumber};
    let both = [
        ("email", "a@example.com"),
        ("email_verified", "true"),
        ("phone_number", "+12065551234"),
        ("phone_number_verified", "true"),
    ];
    let (mail, phone) = ("a***@e***", "+*******1234");
    let unreachable = "PasswordResetUnreachable";
    let by_admin = "PasswordResetByAdministratorOnly";
    // With both verified, with the address alone, with the number alone.
    let table: [(Option<Vec<RecoveryMechanism>>, [&str; 3]); 6] = [
        (None, [phone, mail, phone]),
        (
            Some(vec![VerifiedEmail, VerifiedPhoneNumber]),
            [mail, mail, phone],
        ),
        (
            Some(vec![VerifiedPhoneNumber, VerifiedEmail]),
            [phone, mail, phone],
        ),
        (Some(vec![VerifiedEmail]), [mail, mail, unreachable]),
        (Some(vec![VerifiedPhoneNumber]), [phone, unreachable, phone]),
        (Some(vec![AdminOnly]), [by_admin; 3]),
    ];
    on_every_engine(|kit| {
        let table = table.clone();
        async move {
            for (mechanisms, expected) in table {
                let pool = kit
                    .pool_with(|settings| settings.account_recovery.clone_from(&mechanisms))
                    .await;
                let client = kit.public_client(&pool).await;
                kit.user_with(&pool, "both", &both).await;
                kit.user_with(&pool, "mail", &both[..3]).await;
                kit.user_with(&pool, "phone", &[both[0], both[2], both[3]])
                    .await;
                for (name, expected) in ["both", "mail", "phone"].into_iter().zip(expected) {
                    let sent = kit.forget(&client, name).await;
                    let sent = sent.map(|delivery| delivery.destination);
                    let sent = sent.unwrap_or_else(|error| format!("{error:?}"));
                    assert_eq!(sent, expected, "{name}, {mechanisms:?}");
                    let demanded = kit.demand_reset(&pool, name).await;
                    assert_eq!(demanded.is_ok(), expected.contains("***"), "{name}");
                }
                if mechanisms == Some(vec![AdminOnly]) {
                    let refused = kit.reset(&client, "both", "123456", NEW).await;
                    assert_eq!(fact(&refused), by_admin);
                    // It is the pool's rule, and tells nothing about a user.
                    let discreet = kit.discreet_client(&pool).await;
                    assert_eq!(fact(&kit.forget(&discreet, "nobody").await), by_admin);
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn mechanisms_that_contradict_each_other_are_refused() {
    use RecoveryMechanism::{AdminOnly, VerifiedEmail};
    let kit = TestService::start().await;
    for mechanisms in [
        vec![AdminOnly, VerifiedEmail],
        vec![VerifiedEmail, AdminOnly],
        vec![VerifiedEmail, VerifiedEmail],
    ] {
        let pool = kit.pool().await;
        let mut settings = pool.settings.clone();
        settings.account_recovery = Some(mechanisms.clone());
        let made = kit.create_user_pool(CreateUserPool {
            name: "house".into(),
            region: None,
            settings,
        });
        let refused = fact(&made.await);
        assert!(refused.starts_with("InvalidInput"), "{mechanisms:?}");
    }
}

#[tokio::test]
async fn an_administrator_makes_a_user_reset_the_password() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let user = kit.reachable_user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let (srp, challenge) = kit.start_srp(&client, "alice").await.unwrap();
        kit.demand_reset(&pool, user.sub.as_str()).await.unwrap();
        let user = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(user.status, UserStatus::ResetRequired);
        let required = "PasswordResetRequired";
        for refused in [
            kit.sign_in(&client, "alice", PASSWORD).await,
            kit.sign_in_by_srp(&client, "alice", PASSWORD).await,
            kit.finish_srp(&client, &srp, &challenge, PASSWORD).await,
        ] {
            assert_eq!(outcome(&refused), required);
        }
        let page = kit.sign_in_for(&client, "alice", &[]).await;
        assert_eq!(fact(&page), required);
        let first = kit.code_to("alice@example.com").await;
        // A second call sends a second code.
        kit.clock.advance(Ttl::from_secs(1));
        kit.demand_reset(&pool, "alice").await.unwrap();
        let code = kit.code_to("alice@example.com").await;
        assert_ne!(first, code);
        let reset = kit.reset(&client, "alice", &code, NEW).await;
        assert_eq!(fact(&reset), "Ok");
        assert_eq!(outcome(&kit.sign_in(&client, "alice", NEW).await), "Tokens");
    })
    .await;
}
