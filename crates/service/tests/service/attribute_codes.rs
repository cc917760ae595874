//! Codes for changed addresses and numbers: what each proves, how long, and how often.

use futures_util::future::join_all;
use poolhouse_model::{Ttl, UserStatus};
use poolhouse_service::ConfirmSignUp;
use poolhouse_storage::{Write, WriteBatch, Writer as _};
use poolhouse_testkit::on_every_engine;
use serde_json::json;

use crate::attribute_verification::{VERIFIED, both};
use crate::changing_attributes::{
    admin_update, ask, attribute, delete, keep_original, other_than, token, update, verify,
};

#[tokio::test]
async fn s45_a_code_proves_only_where_it_went() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(both).await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &VERIFIED).await;
        kit.user_with(&pool, "bob", &VERIFIED).await;
        let alice = token(&kit, &client, "alice").await;
        let bob = token(&kit, &client, "bob").await;
        assert_eq!(ask(&kit, &alice, "email").await, "o***@e***");
        let of_old = kit.code_to("old@example.com").await;
        // Another's code, and one of another purpose.
        assert_eq!(verify(&kit, &bob, "email", &of_old).await, "CodeExpired");
        assert_eq!(
            verify(&kit, &alice, "phone_number", &of_old).await,
            "CodeExpired"
        );
        update(&kit, &alice, &[("email", "new@example.com")]).await;
        let answered = verify(&kit, &alice, "email", &of_old).await;
        assert_eq!(answered, "CodeMismatch");
        let flag = attribute(&kit, &pool, "alice", "email_verified").await;
        assert_eq!(flag, "false");

        // By an administrator, who sends no code, and by deletion.
        let of_new = kit.code_to("new@example.com").await;
        let declared = [("email", "sure@example.com"), ("email_verified", "true")];
        assert_eq!(admin_update(&kit, &pool, "alice", &declared).await, "Ok");
        assert_eq!(verify(&kit, &alice, "email", &of_new).await, "CodeExpired");
        assert_eq!(ask(&kit, &alice, "email").await, "s***@e***");
        let code = kit.code_to("sure@example.com").await;
        assert_eq!(delete(&kit, &alice, &["email"]).await, "Ok");
        assert_eq!(verify(&kit, &alice, "email", &code).await, "CodeExpired");
        assert_eq!(
            ask(&kit, &alice, "email").await,
            r#"InvalidInput("User does not have a valid registered email address")"#
        );
        assert_eq!(
            ask(&kit, &alice, "phone_number").await,
            r#"InvalidInput("User does not have a valid registered phone number")"#
        );
    })
    .await;
}

#[tokio::test]
async fn s45_a_sign_up_code_verifies_no_changed_address() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let code = kit.code_to("alice@example.com").await;
        kit.set_password(&pool, "alice", poolhouse_testkit::PASSWORD)
            .await;
        let alice = token(&kit, &client, "alice").await;
        assert_eq!(verify(&kit, &alice, "email", &code).await, "CodeExpired");
        for name in ["nickname", "email_verified", "sub", ""] {
            let text = "Invalid attribute name. Only phone_number and email can be verified.";
            let expected = format!("InvalidInput({text:?})");
            assert_eq!(verify(&kit, &alice, name, &code).await, expected);
            assert_eq!(ask(&kit, &alice, name).await, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn s45_a_sign_up_code_of_an_earlier_address_confirms_the_user_and_not_the_new_address() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let old = "alice@example.com";
        kit.signed_up_user(&client, "alice", old).await;
        let code = kit.code_to(old).await;
        let new = [("email", "somebody.else@example.com")];
        assert_eq!(admin_update(&kit, &pool, "alice", &new).await, "Ok");
        let confirmation = ConfirmSignUp {
            client_id: client.id.clone(),
            secret_hash: None,
            username: "alice".to_owned(),
            code: code.as_str().into(),
            forces_alias_creation: false,
        };
        kit.confirm_sign_up(confirmation).await.unwrap();
        let alice = kit.admin_get_user(&pool.id, "alice").await.unwrap();
        assert_eq!(alice.status, UserStatus::Confirmed);
        assert_eq!(alice.attribute("email"), Some("somebody.else@example.com"));
        assert_ne!(alice.attribute("email_verified"), Some("true"));
    })
    .await;
}

#[tokio::test]
async fn s45_a_verification_code_works_once_for_a_day_and_takes_five_answers() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(keep_original).await;
        let client = kit.public_client(&pool).await;
        for (name, millis, expected) in [("in-time", -1, "Ok"), ("late", 0, "CodeExpired")] {
            let address = format!("{name}@example.com");
            let pairs = [("email", address.as_str())];
            kit.user_with(&pool, name, &pairs).await;
            let early = token(&kit, &client, name).await;
            assert!(ask(&kit, &early, "email").await.contains("***"));
            let code = kit.code_to(&address).await;
            kit.clock.advance(Ttl::from_millis(86_400_000 + millis));
            let token = token(&kit, &client, name).await;
            assert_eq!(verify(&kit, &token, "email", &code).await, expected);
        }
        for attribute in ["old", "new"] {
            let name = format!("guessed-{attribute}");
            kit.user_with(&pool, &name, &[("email", "old@example.com")])
                .await;
            let token = token(&kit, &client, &name).await;
            let address = format!("{attribute}@example.com");
            if attribute == "old" {
                ask(&kit, &token, "email").await;
            } else {
                update(&kit, &token, &[("email", &address)]).await;
            }
            let code = kit.code_to(&address).await;
            let wrong = other_than(&code);
            let answers = (0..9).map(|_| verify(&kit, &token, "email", &wrong));
            let answers = join_all(answers).await;
            let looked_at = answers.iter().filter(|a| *a == "CodeMismatch").count();
            assert_eq!(looked_at, 5, "{answers:?}");
            assert_eq!(verify(&kit, &token, "email", &code).await, "CodeExpired");
            // Another code can be had; the address still waits.
            let sent = ask(&kit, &token, "email").await;
            assert_eq!(sent, format!("{}***@e***", &attribute[..1]));
            let code = kit.code_to(&address).await;
            let uses = (0..4).map(|_| verify(&kit, &token, "email", &code));
            let uses = join_all(uses).await;
            let successes = uses.iter().filter(|use_| *use_ == "Ok").count();
            assert_eq!(successes, 1, "{uses:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn s45_attribute_codes_are_sent_and_tried_so_often_an_hour() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &VERIFIED).await;
        let first = token(&kit, &client, "alice").await;
        for _ in 0..5 {
            assert_eq!(ask(&kit, &first, "email").await, "o***@e***");
        }
        assert_eq!(ask(&kit, &first, "email").await, "AttemptLimitExceeded");
        let code = kit.code_to("old@example.com").await;
        let answers = (0..20).map(|_| verify(&kit, &first, "email", "wrong"));
        let answers = join_all(answers).await;
        let counted = answers
            .iter()
            .filter(|answer| *answer != "AttemptLimitExceeded")
            .count();
        assert_eq!(counted, 15, "{answers:?}");
        assert_eq!(
            verify(&kit, &first, "email", &code).await,
            "AttemptLimitExceeded"
        );
        kit.clock.advance(Ttl::from_hours(1));
        let later = token(&kit, &client, "alice").await;
        assert_eq!(ask(&kit, &later, "email").await, "o***@e***");
        let code = kit.code_to("old@example.com").await;
        assert_eq!(verify(&kit, &later, "email", &code).await, "Ok");
    })
    .await;
}

#[tokio::test]
async fn s45_a_user_sends_codes_to_twenty_new_addresses_an_hour_at_most() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &VERIFIED).await;
        let token = token(&kit, &client, "alice").await;
        for number in 0..20 {
            let address = format!("stranger-{number}@example.com");
            let sent = update(&kit, &token, &[("email", &address)]).await;
            assert_eq!(sent, "s***@e***", "{number}");
        }
        let change = [("email", "one-more@example.com")];
        assert_eq!(update(&kit, &token, &change).await, "AttemptLimitExceeded");
        assert!(kit.messages_to("one-more@example.com").await.is_empty());
        // What sends nothing goes on, and so does the administrator.
        assert_eq!(update(&kit, &token, &[("nickname", "al")]).await, "");
        assert_eq!(admin_update(&kit, &pool, "alice", &change).await, "Ok");
        assert_eq!(kit.messages_to("one-more@example.com").await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn s64_no_address_with_a_line_break_is_taken() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(both).await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &VERIFIED).await;
        let token = token(&kit, &client, "alice").await;
        for address in [
            "a@example.com\r\nBcc: b@example.com",
            "a\n@example.com",
            "a@example.com\0",
            "a@example.com, b@example.com",
            "<a@example.com>",
        ] {
            let answered = update(&kit, &token, &[("email", address)]).await;
            assert_eq!(answered, "EmailInvalid", "{address:?}");
        }
        let answered = update(&kit, &token, &[("phone_number", "+1206555\r\n1212")]).await;
        assert_eq!(answered, "PhoneNumberInvalid");
    })
    .await;
}

#[tokio::test]
async fn a_trigger_that_should_write_the_message_refuses_the_code() {
    on_every_engine(|kit| async move {
        for trigger in ["CustomMessage", "CustomEmailSender", "CustomSMSSender"] {
            let pool = kit.pool().await;
            let client = kit.public_client(&pool).await;
            kit.user_with(&pool, "alice", &VERIFIED).await;
            let token = token(&kit, &client, "alice").await;
            let mut changed = pool.clone();
            changed.version += 1;
            let triggers = &mut changed.settings.triggers;
            triggers.insert(trigger.to_owned(), json!("arn"));
            let write = WriteBatch::of([Write::UpdateUserPool(Box::new(changed))]);
            kit.storage().write(write).await.unwrap();
            // Settings that another instance wrote are seen after two seconds.
            kit.clock.advance(Ttl::from_secs(3));
            let refused = |answered: String| answered.starts_with("FeatureNotServed");
            let change = [("email", "new@example.com")];
            assert!(refused(update(&kit, &token, &change).await));
            assert!(refused(admin_update(&kit, &pool, "alice", &change).await));
            assert!(refused(ask(&kit, &token, "email").await));
            assert_eq!(update(&kit, &token, &[("nickname", "al")]).await, "");
            let kept = attribute(&kit, &pool, "alice", "email").await;
            assert_eq!(kept, "old@example.com");
        }
    })
    .await;
}
