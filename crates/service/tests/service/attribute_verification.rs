//! Changed addresses and numbers, and their proof.

use poolhouse_model::{ContactAttribute, Ttl, UserPoolSettings};
use poolhouse_testkit::on_every_engine;

use crate::changing_attributes::{
    admin_update, ask, attribute, keep_original, token, update, verify,
};

pub(crate) const VERIFIED: [(&str, &str); 2] =
    [("email", "old@example.com"), ("email_verified", "true")];

pub(crate) fn both(settings: &mut UserPoolSettings) {
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
