//! `ConfirmSignUp` and `ResendConfirmationCode`: codes that prove an address or number.

use futures_util::future::join_all;
use poolhouse_model::{AliasAttribute, CodePurpose, ContactAttribute, Ttl, UserStatus};
use poolhouse_service::{ConfirmSignUp, ResendConfirmationCode};
use poolhouse_storage::Codes as _;
use poolhouse_testkit::{PASSWORD, SignInExt, TestClient, TestService, on_every_engine};

use crate::facts::{fact, outcome};

fn confirmation(client: &TestClient, name: &str, code: &str) -> ConfirmSignUp {
    ConfirmSignUp {
        client_id: client.id.clone(),
        secret_hash: client.secret_hash(name),
        username: name.to_owned(),
        code: code.into(),
        forces_alias_creation: false,
    }
}

async fn confirm(kit: &TestService, client: &TestClient, name: &str, code: &str) -> String {
    fact(&kit.confirm_sign_up(confirmation(client, name, code)).await)
}

async fn resend(kit: &TestService, client: &TestClient, name: &str) -> String {
    let request = ResendConfirmationCode {
        client_id: client.id.clone(),
        secret_hash: client.secret_hash(name),
        username: name.to_owned(),
    };
    let sent = kit.resend_confirmation_code(request).await;
    sent.map_or_else(
        |error| format!("{error:?}"),
        |delivery| delivery.destination,
    )
}

/// A code of the right form that is not the right one.
fn other_than(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", &code[..5])
}

async fn signed_up(kit: &TestService, client: &TestClient, name: &str) -> String {
    let email = format!("{name}@example.com");
    kit.signed_up_user(client, name, &email).await;
    kit.code_to(&email).await
}

#[tokio::test]
async fn the_right_code_confirms_and_verifies_what_it_went_to() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
            kit.discreet_client(&pool).await,
        ] {
            let name = format!("user-{}", client.id);
            let code = signed_up(&kit, &client, &name).await;
            assert_eq!(confirm(&kit, &client, &name, &code).await, "Ok");
            let user = kit.admin_get_user(&pool.id, &name).await.unwrap();
            assert_eq!(user.status, UserStatus::Confirmed);
            assert_eq!(user.attribute("email_verified"), Some("true"));
            let left = kit
                .storage()
                .find_confirmation_code(&pool.id, &user.sub, CodePurpose::SignUp)
                .await;
            assert_eq!(left.unwrap(), None, "the code is spent");
            kit.tokens_of(&client, &name).await;
        }
    })
    .await;
}

#[tokio::test]
async fn s45_a_code_works_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let (client, discreet) = (
            kit.public_client(&pool).await,
            kit.discreet_client(&pool).await,
        );
        let code = signed_up(&kit, &client, "alice").await;
        let confirmations = (0..10).map(|_| confirm(&kit, &client, "alice", &code));
        let outcomes = join_all(confirmations).await;
        let successes = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
        assert_eq!(successes, 1, "{outcomes:?}");
        let again = confirm(&kit, &client, "alice", &code).await;
        assert_eq!(again, "UserNotConfirmable(Confirmed)");
        assert_eq!(
            confirm(&kit, &discreet, "alice", &code).await,
            "CodeMismatch"
        );
    })
    .await;
}

#[tokio::test]
async fn s45_a_code_lives_a_day() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        for (name, millis, expected) in [("alice", -1, "Ok"), ("bob", 0, "CodeExpired")] {
            let code = signed_up(&kit, &client, name).await;
            kit.clock.advance(Ttl::from_millis(86_400_000 + millis));
            assert_eq!(confirm(&kit, &client, name, &code).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn s45_a_code_takes_five_answers_also_at_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let code = signed_up(&kit, &client, "alice").await;
        let wrong = other_than(&code);
        for _ in 0..5 {
            assert_eq!(
                confirm(&kit, &client, "alice", &wrong).await,
                "CodeMismatch"
            );
        }
        assert_eq!(confirm(&kit, &client, "alice", &wrong).await, "CodeExpired");
        assert_eq!(confirm(&kit, &client, "alice", &code).await, "CodeExpired");

        let code = signed_up(&kit, &client, "bob").await;
        let wrong = other_than(&code);
        let answers = (0..12).map(|_| confirm(&kit, &client, "bob", &wrong));
        let outcomes = join_all(answers).await;
        let looked_at = outcomes.iter().filter(|o| *o == "CodeMismatch").count();
        assert_eq!(looked_at, 5, "{outcomes:?}");
        assert_eq!(confirm(&kit, &client, "bob", &code).await, "CodeExpired");
    })
    .await;
}

#[tokio::test]
async fn s45_a_new_code_voids_the_old_one() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let old = signed_up(&kit, &client, "alice").await;
        kit.clock.advance(Ttl::from_secs(1));
        assert_eq!(resend(&kit, &client, "alice").await, "a***@e***");
        let new = kit.code_to("alice@example.com").await;
        assert_ne!(old, new);
        assert_eq!(confirm(&kit, &client, "alice", &old).await, "CodeMismatch");
        assert_eq!(confirm(&kit, &client, "alice", &new).await, "Ok");
        assert_eq!(resend(&kit, &client, "alice").await, "UserAlreadyConfirmed");
    })
    .await;
}

#[tokio::test]
async fn s45_another_code_can_be_had_five_times_an_hour() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let discreet = kit.discreet_client(&pool).await;
        signed_up(&kit, &discreet, "alice").await;
        // A name that leads nowhere meets the same limit.
        for name in ["alice", "nobody"] {
            for _ in 0..5 {
                assert!(resend(&kit, &discreet, name).await.contains("***"));
            }
            let refused = resend(&kit, &discreet, name).await;
            assert_eq!(refused, "AttemptLimitExceeded", "{name}");
            kit.clock.advance(Ttl::from_millis(3_599_999));
            assert_eq!(resend(&kit, &discreet, name).await, "AttemptLimitExceeded");
            kit.clock.advance(Ttl::from_millis(1));
            assert!(resend(&kit, &discreet, name).await.contains("***"));
        }
        assert_eq!(kit.messages_to("alice@example.com").await.len(), 7);
    })
    .await;
}

#[tokio::test]
async fn s45_codes_can_be_tried_fifteen_times_an_hour() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let discreet = kit.discreet_client(&pool).await;
        let code = signed_up(&kit, &discreet, "alice").await;
        for name in ["alice", "nobody"] {
            let answers = (0..20).map(|_| confirm(&kit, &discreet, name, "no code"));
            let outcomes = join_all(answers).await;
            let looked_at = outcomes.iter().filter(|o| *o == "CodeMismatch").count();
            assert_eq!(looked_at, 15, "{name}: {outcomes:?}");
            let refused = confirm(&kit, &discreet, name, &code).await;
            assert_eq!(refused, "AttemptLimitExceeded");
        }
        kit.clock.advance(Ttl::from_hours(1));
        assert!(resend(&kit, &discreet, "alice").await.contains("***"));
        let code = kit.code_to("alice@example.com").await;
        assert_eq!(confirm(&kit, &discreet, "alice", &code).await, "Ok");
        // The limits do not lock the password.
        kit.tokens_of(&discreet, "alice").await;
    })
    .await;
}

#[tokio::test]
async fn s45_a_code_is_one_users() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let of_alice = signed_up(&kit, &client, "alice").await;
        let of_bob = signed_up(&kit, &client, "bob").await;
        assert_eq!(
            confirm(&kit, &client, "alice", &of_bob).await,
            "CodeMismatch"
        );
        assert_eq!(confirm(&kit, &client, "alice", &of_alice).await, "Ok");
    })
    .await;
}

#[tokio::test]
async fn codes_of_any_shape_are_compared_and_refused() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let code = signed_up(&kit, &client, "alice").await;
        let padded = [format!("{code} "), format!("0{code}"), code[..5].to_owned()];
        for wrong in padded
            .iter()
            .map(String::as_str)
            .chain(["", &"1".repeat(2048)])
        {
            assert_eq!(confirm(&kit, &client, "alice", wrong).await, "CodeMismatch");
        }
    })
    .await;
}

#[tokio::test]
async fn a_proven_alias_belongs_to_one_user_and_moves_only_by_force() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.alias_attributes = vec![AliasAttribute::Email])
            .await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "shared@example.com")
            .await;
        let first = kit.code_to("shared@example.com").await;
        assert_eq!(confirm(&kit, &client, "alice", &first).await, "Ok");
        kit.clock.advance(Ttl::from_secs(1));
        kit.signed_up_user(&client, "bob", "shared@example.com")
            .await;
        let second = kit.code_to("shared@example.com").await;
        let refused = confirm(&kit, &client, "bob", &second).await;
        assert_eq!(refused, r#"AliasExists { attribute: "email" }"#);
        let mut forced = confirmation(&client, "bob", &second);
        forced.forces_alias_creation = true;
        assert_eq!(fact(&kit.confirm_sign_up(forced).await), "Ok");
        let found = kit
            .admin_get_user(&pool.id, "shared@example.com")
            .await
            .unwrap();
        assert_eq!(found.username.as_str(), "bob");
        let loser = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(loser.attribute("email_verified"), Some("false"));
        kit.tokens_of(&client, "alice").await;
        let tokens = kit.tokens_of(&client, "shared@example.com").await;
        let user = kit
            .get_user(tokens.access_token.expose())
            .await
            .unwrap()
            .user;
        assert_eq!(user.username.as_str(), "bob");
    })
    .await;
}

#[tokio::test]
async fn two_users_that_prove_one_alias_at_once_do_not_both_get_it() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.alias_attributes = vec![AliasAttribute::Email])
            .await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "shared@example.com")
            .await;
        let first = kit.code_to("shared@example.com").await;
        kit.clock.advance(Ttl::from_secs(1));
        kit.signed_up_user(&client, "bob", "shared@example.com")
            .await;
        let second = kit.code_to("shared@example.com").await;
        let (one, other) = tokio::join!(
            confirm(&kit, &client, "alice", &first),
            confirm(&kit, &client, "bob", &second)
        );
        let mut outcomes = [one, other];
        outcomes.sort_unstable();
        assert_eq!(outcomes, [r#"AliasExists { attribute: "email" }"#, "Ok"]);
    })
    .await;
}

#[tokio::test]
async fn names_without_a_user_are_told_in_legacy_mode() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let expected = "UsernameClientCombinationNotFound";
        assert_eq!(confirm(&kit, &client, "nobody", "123456").await, expected);
        assert_eq!(resend(&kit, &client, "nobody").await, expected);
        let confidential = kit.confidential_client(&pool).await;
        let mut unproven = confirmation(&confidential, "nobody", "123456");
        unproven.secret_hash = None;
        let refused = fact(&kit.confirm_sign_up(unproven).await);
        assert!(refused.starts_with("SecretHashMissing"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn s34_confirmation_does_not_tell_whether_there_is_such_a_user() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.discreet_client(&pool).await;
        let code = signed_up(&kit, &client, "pending").await;
        kit.user(&pool, "confirmed").await;
        kit.invited_user(&pool, "invited").await;
        let wrong = other_than(&code);
        // More often than a code takes answers.
        for round in 0..8 {
            for name in ["pending", "confirmed", "invited", "nobody"] {
                let refused = confirm(&kit, &client, name, &wrong).await;
                assert_eq!(refused, "CodeMismatch", "{name}, round {round}");
            }
        }
        // Who has the code learns that it is dead.
        assert_eq!(
            confirm(&kit, &client, "pending", &code).await,
            "CodeExpired"
        );
        kit.clock.advance(Ttl::from_hours(25));
        assert_eq!(
            confirm(&kit, &client, "pending", &wrong).await,
            "CodeMismatch"
        );
    })
    .await;
}

#[tokio::test]
async fn s34_another_code_is_promised_whether_there_is_such_a_user_or_not() {
    use ContactAttribute::{Email, PhoneNumber};
    on_every_engine(|kit| async move {
        for (verified, is_address) in [
            (vec![Email], true),
            (vec![PhoneNumber], false),
            (vec![Email, PhoneNumber], true),
        ] {
            let pool = kit
                .pool_with(|settings| settings.auto_verified_attributes.clone_from(&verified))
                .await;
            let client = kit.discreet_client(&pool).await;
            kit.user(&pool, "confirmed").await;
            for name in ["confirmed", "nobody"] {
                let promised = resend(&kit, &client, name).await;
                assert_eq!(looks_masked(&promised), is_address, "{name}: {promised}");
                assert_eq!(
                    resend(&kit, &client, name).await,
                    promised,
                    "it stays the same"
                );
            }
            // What is typed is repeated only if a code could have gone there.
            for (name, attribute, masked) in [
                ("x@example.com", Email, "x***@e***"),
                ("+12065551212", PhoneNumber, "+*******1212"),
            ] {
                let promised = resend(&kit, &client, name).await;
                let is_repeated = promised == masked;
                assert_eq!(is_repeated, verified.contains(&attribute), "{promised}");
                if !is_repeated {
                    assert_eq!(looks_masked(&promised), verified.contains(&Email));
                }
            }
        }
        // Where nothing is verified, nobody gets a code.
        let pool = kit
            .pool_with(|settings| settings.auto_verified_attributes = Vec::new())
            .await;
        let client = kit.discreet_client(&pool).await;
        kit.signed_up_user(&client, "pending", "pending@example.com")
            .await;
        for name in ["pending", "nobody"] {
            let refused = resend(&kit, &client, name).await;
            assert_eq!(
                refused,
                "InvalidInput(\"Auto verification not turned on.\")"
            );
        }
        // A client that hides nobody says first whether there is one to confirm.
        let open = kit.public_client(&pool).await;
        kit.user(&pool, "confirmed").await;
        for (name, expected) in [
            (
                "pending",
                "InvalidInput(\"Auto verification not turned on.\")",
            ),
            ("nobody", "UsernameClientCombinationNotFound"),
            ("confirmed", "UserAlreadyConfirmed"),
        ] {
            assert_eq!(resend(&kit, &open, name).await, expected, "{name}");
        }
    })
    .await;
}

/// Whether the text is a masked address; else it must be a masked number.
fn looks_masked(text: &str) -> bool {
    let bytes = text.as_bytes();
    if let Some((local, domain)) = text.split_once('@') {
        let is_masked = |part: &str| part.len() == 4 && part.ends_with("***");
        return is_masked(local) && is_masked(domain);
    }
    assert!(text.starts_with("+*******"), "{text}");
    assert!(
        bytes[8..].len() == 4 && bytes[8..].iter().all(u8::is_ascii_digit),
        "{text}"
    );
    false
}

#[tokio::test]
async fn a_confirmation_does_not_unlock_a_disabled_user() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let code = signed_up(&kit, &client, "alice").await;
        kit.disable(&pool, "alice").await;
        confirm(&kit, &client, "alice", &code).await;
        let refused = kit.sign_in(&client, "alice", PASSWORD).await;
        assert_eq!(outcome(&refused), "UserDisabled");
    })
    .await;
}
