//! `ForgotPassword` and `ConfirmForgotPassword`: codes that reset a password.

use futures_util::future::join_all;
use poolhouse_model::{AliasAttribute, Channel, CodePurpose, ContactAttribute, Ttl, UserStatus};
use poolhouse_service::{AuthFlow, ConfirmForgotPassword, ForgotPassword};
use poolhouse_storage::Codes as _;
use poolhouse_testkit::{PASSWORD, SignInExt, TestClient, TestService, on_every_engine};

use crate::facts::{fact, outcome};

const NEW: &str = "N3w!password";

/// A code of the right form that is not the right one.
fn other_than(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &code[..5])
}

/// Asks for a code and reads it.
async fn forgotten(kit: &TestService, client: &TestClient, name: &str) -> String {
    // Messages of one instant have no order.
    kit.clock.advance(Ttl::from_secs(1));
    kit.forget(client, name).await.unwrap();
    kit.code_to(&format!("{name}@example.com")).await
}

async fn reset(kit: &TestService, client: &TestClient, name: &str, code: &str) -> String {
    fact(&kit.reset(client, name, code, NEW).await)
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_who_reads_the_mail() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
            kit.discreet_client(&pool).await,
        ] {
            let name = format!("user-{}", client.id);
            let user = kit.reachable_user(&pool, &name).await;
            let sent = kit.forget(&client, &name).await.unwrap();
            assert_eq!(sent.destination, "u***@e***");
            assert_eq!(
                (sent.channel, sent.attribute),
                (Channel::Email, ContactAttribute::Email)
            );
            let mail = &kit.messages_to(&format!("{name}@example.com")).await[0];
            let code = mail.code.clone().unwrap();
            assert_eq!(mail.body, format!("Your password reset code is {code}"));
            // Until the code comes, the old password goes on.
            kit.tokens_of(&client, &name).await;
            assert_eq!(reset(&kit, &client, &name, &code).await, "Ok");
            let user = kit.admin_get_user(&pool.id, user.sub.as_str()).await;
            let user = user.unwrap();
            assert_eq!(user.status, UserStatus::Confirmed);
            assert_eq!(user.attribute("email_verified"), Some("true"));
            for (password, expected) in [(NEW, "Tokens"), (PASSWORD, "WrongUsernameOrPassword")] {
                let by_password = kit.sign_in(&client, &name, password).await;
                assert_eq!(outcome(&by_password), expected);
                let by_srp = kit.sign_in_by_srp(&client, &name, password).await;
                assert_eq!(outcome(&by_srp), expected);
            }
            let purpose = CodePurpose::ResetPassword;
            let left = kit
                .storage()
                .find_confirmation_code(&pool.id, &user.sub, purpose);
            assert_eq!(left.await.unwrap(), None, "the code is spent");
        }
    })
    .await;
}

#[tokio::test]
async fn the_user_is_named_by_any_name_that_signs_in() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                settings.is_case_sensitive = false;
                settings.alias_attributes = vec![AliasAttribute::Email];
            })
            .await;
        let client = kit.confidential_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        kit.forget(&client, "ALICE@example.com").await.unwrap();
        let code = kit.code_to("alice@example.com").await;
        assert_eq!(reset(&kit, &client, "Alice", &code).await, "Ok");
    })
    .await;
}

#[tokio::test]
async fn a_confidential_client_proves_its_secret_first() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.confidential_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        for (secret_hash, expected) in [
            (None, "SecretHashMissing"),
            (client.secret_hash("bob"), "SecretHashMismatch"),
        ] {
            let forgotten = kit.forgot_password(ForgotPassword {
                client_id: client.id.clone(),
                secret_hash: secret_hash.clone(),
                username: "alice".into(),
            });
            let refused = fact(&forgotten.await);
            assert!(refused.starts_with(expected), "{refused}");
            let confirmed = kit.confirm_forgot_password(ConfirmForgotPassword {
                client_id: client.id.clone(),
                secret_hash,
                username: "alice".into(),
                code: "123456".into(),
                password: NEW.into(),
            });
            let refused = fact(&confirmed.await);
            assert!(refused.starts_with(expected), "{refused}");
        }
        assert!(kit.messages_to("alice@example.com").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn s45_a_reset_code_works_once_also_at_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        let code = forgotten(&kit, &client, "alice").await;
        let answers = (0..5).map(|_| reset(&kit, &client, "alice", &code));
        let outcomes = join_all(answers).await;
        let successes = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
        assert_eq!(successes, 1, "{outcomes:?}");
        assert_eq!(reset(&kit, &client, "alice", &code).await, "CodeExpired");
    })
    .await;
}

#[tokio::test]
async fn s45_a_reset_code_lives_an_hour() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        for (name, millis, expected) in [("alice", -1, "Ok"), ("bob", 0, "CodeExpired")] {
            kit.reachable_user(&pool, name).await;
            let code = forgotten(&kit, &client, name).await;
            kit.clock.advance(Ttl::from_millis(3_600_000 + millis));
            assert_eq!(reset(&kit, &client, name, &code).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn s45_a_reset_code_takes_five_answers_also_at_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        let code = forgotten(&kit, &client, "alice").await;
        let wrong = other_than(&code);
        let answers = (0..12).map(|_| reset(&kit, &client, "alice", &wrong));
        let outcomes = join_all(answers).await;
        let looked_at = outcomes.iter().filter(|o| *o == "CodeMismatch").count();
        assert_eq!(looked_at, 5, "{outcomes:?}");
        assert_eq!(reset(&kit, &client, "alice", &code).await, "CodeExpired");
        kit.tokens_of(&client, "alice").await;
    })
    .await;
}

#[tokio::test]
async fn s45_a_new_reset_code_voids_the_old_one_and_so_does_any_new_password() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        let old = forgotten(&kit, &client, "alice").await;
        let new = forgotten(&kit, &client, "alice").await;
        assert_ne!(old, new);
        assert_eq!(reset(&kit, &client, "alice", &old).await, "CodeMismatch");
        kit.set_password(&pool, "alice", PASSWORD).await;
        assert_eq!(reset(&kit, &client, "alice", &new).await, "CodeExpired");
        let code = forgotten(&kit, &client, "alice").await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let changed = kit.change_own_password(&tokens, PASSWORD, PASSWORD).await;
        assert_eq!(fact(&changed), "Ok");
        assert_eq!(reset(&kit, &client, "alice", &code).await, "CodeExpired");
    })
    .await;
}

#[tokio::test]
async fn s45_a_code_of_another_purpose_user_or_address_is_no_reset_code() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        // A sign-up code of the same user, who was confirmed without it.
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let of_sign_up = kit.code_to("alice@example.com").await;
        kit.change(&pool, "alice", |user| {
            user.status = UserStatus::Confirmed;
            let flag = "email_verified".to_owned();
            user.attributes.insert(flag, "true".to_owned());
        })
        .await;
        let none_sent = reset(&kit, &client, "alice", &of_sign_up).await;
        assert_eq!(none_sent, "CodeExpired");
        let code = forgotten(&kit, &client, "alice").await;
        assert_ne!(code, of_sign_up);
        let refused = reset(&kit, &client, "alice", &of_sign_up).await;
        assert_eq!(refused, "CodeMismatch");
        kit.reachable_user(&pool, "bob").await;
        let of_bob = forgotten(&kit, &client, "bob").await;
        assert_eq!(reset(&kit, &client, "alice", &of_bob).await, "CodeMismatch");
        // What it went to is no longer alice's, or no longer proven.
        for (email, is_verified) in [
            ("other@example.com", "true"),
            ("alice@example.com", "false"),
        ] {
            kit.change(&pool, "alice", |user| {
                let (value, flag) = (email.to_owned(), is_verified.to_owned());
                user.attributes.insert("email".to_owned(), value);
                user.attributes.insert("email_verified".to_owned(), flag);
            })
            .await;
            assert_eq!(reset(&kit, &client, "alice", &code).await, "CodeExpired");
        }
    })
    .await;
}

#[tokio::test]
async fn s36_a_reset_lets_the_owner_of_a_locked_name_in() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        for _ in 0..5 {
            let _ = kit.sign_in(&client, "alice", "Wr0ng!word").await;
        }
        let locked = kit.sign_in(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&locked), "PasswordAttemptsExceeded");
        kit.forget(&client, "alice").await.unwrap();
        let code = kit.code_to("alice@example.com").await;
        assert_eq!(reset(&kit, &client, "alice", &code).await, "Ok");
        assert_eq!(outcome(&kit.sign_in(&client, "alice", NEW).await), "Tokens");
    })
    .await;
}

#[tokio::test]
async fn s46_a_reset_gives_nothing_but_the_new_password() {
    on_every_engine(|kit| async move {
        use poolhouse_model::MfaRequirement;
        let pool = kit
            .pool_with(|settings| settings.mfa = MfaRequirement::On)
            .await;
        let client = kit.public_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        let code = forgotten(&kit, &client, "alice").await;
        // The use case has no way to hand anything out.
        let () = kit.reset(&client, "alice", &code, NEW).await.unwrap();
        let pairs = [("USERNAME", "alice"), ("PASSWORD", NEW)];
        for signed_in in [
            kit.sign_in(&client, "alice", NEW).await,
            kit.sign_in_by_srp(&client, "alice", NEW).await,
            kit.admin_initiate(&client, AuthFlow::AdminUserPassword, &pairs)
                .await,
        ] {
            assert_ne!(outcome(&signed_in), "Tokens");
            assert_ne!(outcome(&signed_in), "WrongUsernameOrPassword");
        }
    })
    .await;
}

#[tokio::test]
async fn s46_no_new_password_takes_the_second_factor_away() {
    on_every_engine(|kit| async move {
        use poolhouse_model::MfaRequirement;
        let pool = kit.mfa_pool(MfaRequirement::Optional).await;
        let client = kit.public_client(&pool).await;
        for way in ["reset", "demanded reset", "change"] {
            let name = way.replace(' ', "-");
            kit.reachable_user(&pool, &name).await;
            let tokens = kit.tokens_of(&client, &name).await;
            kit.authenticator(&client, &name).await;
            kit.clock.advance(Ttl::from_secs(1));
            if way == "change" {
                let changed = kit.change_own_password(&tokens, PASSWORD, NEW).await;
                assert_eq!(fact(&changed), "Ok");
            } else {
                if way == "reset" {
                    kit.forget(&client, &name).await.unwrap();
                } else {
                    kit.demand_reset(&pool, &name).await.unwrap();
                }
                let code = kit.code_to(&format!("{name}@example.com")).await;
                assert_eq!(reset(&kit, &client, &name, &code).await, "Ok");
            }
            for asked in [
                kit.sign_in(&client, &name, NEW).await,
                kit.sign_in_by_srp(&client, &name, NEW).await,
            ] {
                assert_eq!(outcome(&asked), "SOFTWARE_TOKEN_MFA", "{way}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_can_be_used_again_when_the_password_was_not_taken() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        let code = forgotten(&kit, &client, "alice").await;
        let refused = kit.reset(&client, "alice", &code, "Sh0rt!").await;
        assert_eq!(fact(&refused), "PasswordPolicyViolated(TooShort)");
        assert_eq!(reset(&kit, &client, "alice", &code).await, "Ok");
    })
    .await;
}

#[tokio::test]
async fn s45_reset_codes_can_be_had_five_times_and_tried_twenty_times_an_hour() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let discreet = kit.discreet_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        // A name that leads nowhere meets the same limits.
        for name in ["alice", "nobody"] {
            for _ in 0..5 {
                assert_eq!(fact(&kit.forget(&discreet, name).await), "Ok");
            }
            let refused = kit.forget(&discreet, name).await;
            assert_eq!(fact(&refused), "AttemptLimitExceeded", "{name}");
            let answers = (0..25).map(|_| reset(&kit, &discreet, name, "no code"));
            let outcomes = join_all(answers).await;
            let refused = outcomes.iter().filter(|o| *o == "AttemptLimitExceeded");
            assert_eq!(refused.count(), 5, "{name}: {outcomes:?}");
        }
        assert_eq!(kit.messages_to("alice@example.com").await.len(), 5);
        kit.clock.advance(Ttl::from_hours(1));
        let code = forgotten(&kit, &discreet, "alice").await;
        assert_eq!(reset(&kit, &discreet, "alice", &code).await, "Ok");
    })
    .await;
}

#[tokio::test]
async fn what_was_reset_outlives_the_process() {
    let kit = TestService::start_on_disk().await;
    let pool = kit.pool().await;
    let client = kit.public_client(&pool).await;
    kit.reachable_user(&pool, "alice").await;
    let code = forgotten(&kit, &client, "alice").await;
    let kit = kit.crash_and_restart().await;
    assert_eq!(reset(&kit, &client, "alice", &code).await, "Ok");
    let kit = kit.crash_and_restart().await;
    assert_eq!(outcome(&kit.sign_in(&client, "alice", NEW).await), "Tokens");
    assert_eq!(reset(&kit, &client, "alice", &code).await, "CodeExpired");
}
