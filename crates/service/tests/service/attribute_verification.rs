//! Codes that prove a changed address or number.

use futures_util::future::join_all;
use poolhouse_model::{ContactAttribute, Ttl, UserPoolSettings};
use poolhouse_storage::{Write, WriteBatch, Writer as _};
use poolhouse_testkit::on_every_engine;
use serde_json::json;

use crate::changing_attributes::{
    admin_update, ask, attribute, delete, keep_original, other_than, token, update, verify,
};

const VERIFIED: [(&str, &str); 2] = [("email", "old@example.com"), ("email_verified", "true")];

fn both(settings: &mut UserPoolSettings) {
    settings.auto_verified_attributes = ContactAttribute::ALL.to_vec();
}

#[tokio::test]
async fn a_new_address_counts_at_once_and_is_verified_by_the_code_sent_to_it() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(both).await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &VERIFIED).await;
        let token = token(&kit, &client, "alice").await;
        let pairs = [
            ("email", "new@example.com"),
            ("phone_number", "+12065551212"),
        ];
        let sent = update(&kit, &token, &pairs).await;
        assert_eq!(sent, "n***@e*** +*******1212");
        for (name, value) in pairs {
            assert_eq!(attribute(&kit, &pool, "alice", name).await, value);
            let flag = format!("{name}_verified");
            assert_eq!(attribute(&kit, &pool, "alice", &flag).await, "false");
            let code = kit.code_to(value).await;
            assert_eq!(verify(&kit, &token, name, &code).await, "Ok");
            assert_eq!(attribute(&kit, &pool, "alice", &flag).await, "true");
            // What is verified can be verified once more.
            assert!(ask(&kit, &token, name).await.contains("***"));
            let code = kit.code_to(value).await;
            assert_eq!(verify(&kit, &token, name, &code).await, "Ok");
        }
        let mail = &kit.messages_to("new@example.com").await[1];
        assert_eq!(mail.subject.as_deref(), Some("Your verification code"));
        assert!(mail.body.starts_with("Your confirmation code is "));
        // The value that is there needs no code.
        assert_eq!(update(&kit, &token, &pairs).await, "");
        assert_eq!(
            attribute(&kit, &pool, "alice", "email_verified").await,
            "true"
        );
    })
    .await;
}

#[tokio::test]
async fn a_pool_that_verifies_nothing_sends_a_code_only_when_asked() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| settings.auto_verified_attributes.clear())
            .await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &VERIFIED).await;
        let token = token(&kit, &client, "alice").await;
        assert_eq!(
            update(&kit, &token, &[("email", "new@example.com")]).await,
            ""
        );
        let flag = attribute(&kit, &pool, "alice", "email_verified").await;
        assert_eq!(flag, "false");
        assert!(kit.messages_to("new@example.com").await.is_empty());
        assert_eq!(verify(&kit, &token, "email", "123456").await, "CodeExpired");
        assert_eq!(ask(&kit, &token, "email").await, "n***@e***");
        let code = kit.code_to("new@example.com").await;
        assert_eq!(verify(&kit, &token, "email", &code).await, "Ok");
        let flag = attribute(&kit, &pool, "alice", "email_verified").await;
        assert_eq!(flag, "true");
    })
    .await;
}

#[tokio::test]
async fn s47_a_kept_address_stays_until_the_new_one_is_verified() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(keep_original).await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &VERIFIED).await;
        let token = token(&kit, &client, "alice").await;
        let seen = async |name: &str| attribute(&kit, &pool, "alice", name).await;
        let pairs = [("email", "new@example.com"), ("nickname", "al")];
        assert_eq!(update(&kit, &token, &pairs).await, "n***@e***");
        assert_eq!(seen("nickname").await, "al");
        assert_eq!(seen("email").await, "old@example.com");
        assert_eq!(seen("email_verified").await, "true");
        let first = kit.code_to("new@example.com").await;
        // Asking again sends to the one that waits.
        assert_eq!(ask(&kit, &token, "email").await, "n***@e***");
        assert!(kit.messages_to("old@example.com").await.is_empty());
        let second = kit.code_to("new@example.com").await;
        let voided = verify(&kit, &token, "email", &first).await;
        assert_eq!(voided, "CodeMismatch");
        assert_eq!(verify(&kit, &token, "email", &second).await, "Ok");
        assert_eq!(seen("email").await, "new@example.com");
        assert_eq!(seen("email_verified").await, "true");
        assert_eq!(verify(&kit, &token, "email", &second).await, "CodeExpired");

        // A number where there was none waits too.
        let number = [("phone_number", "+12065551212")];
        assert_eq!(update(&kit, &token, &number).await, "+*******1212");
        assert_eq!(seen("phone_number").await, "-");
        let code = kit.code_to("+12065551212").await;
        assert_eq!(verify(&kit, &token, "phone_number", &code).await, "Ok");
        assert_eq!(seen("phone_number").await, "+12065551212");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_waits_is_given_up_by_another_change_or_after_a_day() {
    on_every_engine(|kit| async move {
        let pool = kit.pool_with(keep_original).await;
        let client = kit.public_client(&pool).await;
        kit.user_with(&pool, "alice", &VERIFIED).await;
        let first_token = token(&kit, &client, "alice").await;
        let waiting = [("email", "new@example.com")];
        let give_up: [&[(&str, &str)]; 3] = [
            &[("email", "old@example.com")],
            &[("email", "")],
            &[("email", "third@example.com")],
        ];
        for change in give_up {
            update(&kit, &first_token, &waiting).await;
            let code = kit.code_to("new@example.com").await;
            update(&kit, &first_token, change).await;
            let answered = verify(&kit, &first_token, "email", &code).await;
            assert!(
                ["CodeExpired", "CodeMismatch"].contains(&answered.as_str()),
                "{change:?}: {answered}"
            );
        }
        let back = [("email", "old@example.com"), ("email_verified", "true")];
        assert_eq!(admin_update(&kit, &pool, "alice", &back).await, "Ok");
        assert_eq!(
            update(&kit, &first_token, &waiting).await,
            "n***@e***",
            "it waits again"
        );
        let code = kit.code_to("new@example.com").await;
        kit.clock.advance(Ttl::from_hours(24));
        let later = token(&kit, &client, "alice").await;
        assert_eq!(verify(&kit, &later, "email", &code).await, "CodeExpired");
        assert_eq!(ask(&kit, &later, "email").await, "o***@e***");
    })
    .await;
}

#[tokio::test]
async fn an_administrator_may_declare_an_address_verified() {
    on_every_engine(|kit| async move {
        for keeps in [false, true] {
            let pool = kit
                .pool_with(|settings| {
                    if keeps {
                        keep_original(settings);
                    }
                })
                .await;
            kit.user_with(&pool, "alice", &VERIFIED).await;
            let seen = async |name: &str| attribute(&kit, &pool, "alice", name).await;
            let to = |name: &str| format!("{name}-{keeps}@example.com");
            let declared = [("email", &*to("sure")), ("email_verified", "true")];
            assert_eq!(admin_update(&kit, &pool, "alice", &declared).await, "Ok");
            assert_eq!(seen("email").await, to("sure"));
            assert_eq!(seen("email_verified").await, "true");
            assert!(kit.messages_to(&to("sure")).await.is_empty());

            for (name, flag) in [("a", None), ("b", Some(("email_verified", "false")))] {
                let address = to(name);
                let mut pairs = vec![("email", address.as_str())];
                pairs.extend(flag);
                assert_eq!(admin_update(&kit, &pool, "alice", &pairs).await, "Ok");
                let (value, verified) = if keeps {
                    (to("sure"), "true")
                } else {
                    (address.clone(), "false")
                };
                assert_eq!(seen("email").await, value);
                assert_eq!(seen("email_verified").await, verified);
                assert_eq!(kit.messages_to(&address).await.len(), 1);
            }
            // A flag alone speaks of the value that is there.
            let flag = [("email_verified", "FALSE")];
            assert_eq!(admin_update(&kit, &pool, "alice", &flag).await, "Ok");
            assert_eq!(seen("email_verified").await, "false");
            let present = seen("email").await;
            let flag = [("email_verified", "True")];
            assert_eq!(admin_update(&kit, &pool, "alice", &flag).await, "Ok");
            assert_eq!(seen("email").await, present);
            assert_eq!(seen("email_verified").await, "true");
        }
    })
    .await;
}

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
