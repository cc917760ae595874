//! Mail leaves after the change it tells of, is tried again, and can be read in the inbox.

use poolhouse_model::Ttl;
use poolhouse_service::DeliveryError;
use poolhouse_testkit::{SignInExt, TestService, on_every_engine};

use crate::facts::fact;

#[tokio::test]
async fn a_mail_leaves_once_with_sender_and_code() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        assert!(kit.mail.sent().is_empty(), "nothing leaves inside the call");
        assert_eq!(kit.send_due_messages().await.unwrap(), 1);
        assert_eq!(kit.send_due_messages().await.unwrap(), 0);
        let sent = kit.mail.sent();
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0].from, "no-reply@poolhouse.localhost");
        assert_eq!(sent[0].to, "alice@example.com");
        let code = kit.code_to("alice@example.com").await;
        assert!(sent[0].text_body.contains(&code));
        assert!(
            !format!("{:?}", sent[0]).contains(&code),
            "Debug shows no code"
        );
    })
    .await;
}

#[tokio::test]
async fn r15_a_mail_server_that_is_down_stops_no_sign_up_and_gets_the_mail_later() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let down = DeliveryError::Unavailable("connection refused".into());
        kit.mail.fail_with(Some(down));
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        for longest in [5, 10, 20, 40] {
            assert_eq!(kit.send_due_messages().await.unwrap(), 1);
            let half = Ttl::from_millis(longest * 1000 / 2);
            kit.clock.advance(Ttl::from_millis(half.as_millis() - 1));
            let again = kit.send_due_messages().await.unwrap();
            assert_eq!(again, 0, "too early, of {longest} s");
            kit.clock.advance(half);
            kit.clock.advance(Ttl::from_millis(1));
        }
        let waiting = &kit.messages_to("alice@example.com").await[0];
        assert_eq!(waiting.last_error.as_deref(), Some("connection refused"));
        kit.mail.fail_with(None);
        assert_eq!(kit.send_due_messages().await.unwrap(), 1);
        assert_eq!(kit.mail.sent().len(), 1);
        assert_eq!(
            kit.messages_to("alice@example.com").await[0].last_error,
            None
        );
    })
    .await;
}

#[tokio::test]
async fn a_refused_mail_is_given_up_at_once_and_an_unlucky_one_after_eight_attempts() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.mail
            .fail_with(Some(DeliveryError::Refused("no such mailbox".into())));
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        assert_eq!(kit.send_due_messages().await.unwrap(), 1);
        kit.mail
            .fail_with(Some(DeliveryError::Unavailable("busy".into())));
        kit.signed_up_user(&client, "bob", "bob@example.com").await;
        let mut attempts = 0;
        for _ in 0..20 {
            attempts += kit.send_due_messages().await.unwrap();
            kit.clock.advance(Ttl::from_hours(1));
        }
        assert_eq!(attempts, 8);
        kit.mail.fail_with(None);
        assert_eq!(kit.send_due_messages().await.unwrap(), 0);
        assert!(kit.mail.sent().is_empty());
        // The inbox still shows both.
        let told = &kit.messages_to("alice@example.com").await[0].last_error;
        assert_eq!(told.as_deref(), Some("refused: no such mailbox"));
        assert!(!kit.code_to("bob@example.com").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_that_fails_sends_nothing() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.user(&pool, "alice").await;
        let mut request = poolhouse_testkit::sign_up_request(&client, "alice");
        request.attributes = poolhouse_testkit::attributes(&[("email", "alice@example.com")]);
        assert_eq!(fact(&kit.sign_up(request).await), "UsernameExists");
        assert!(kit.messages_to("alice@example.com").await.is_empty());
        assert_eq!(kit.send_due_messages().await.unwrap(), 0);
        kit.tokens_of(&client, "alice").await;
    })
    .await;
}

#[tokio::test]
async fn the_inbox_lists_newest_first_by_recipient_and_after_an_id_and_can_be_emptied() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        // Within one instant, too.
        for name in ["a", "b", "c"] {
            let email = format!("{name}+tag@example.com");
            kit.signed_up_user(&client, name, &email).await;
        }
        let all = kit.list_inbox(None, None).await.unwrap();
        let to: Vec<_> = all.iter().map(|message| message.to.as_str()).collect();
        assert_eq!(
            to,
            [
                "c+tag@example.com",
                "b+tag@example.com",
                "a+tag@example.com"
            ]
        );
        let newer = kit.list_inbox(None, Some(&all[1].id)).await.unwrap();
        assert_eq!(newer.len(), 1);
        assert_eq!(newer[0].id, all[0].id);
        assert!(
            kit.list_inbox(Some("a+tag@example.com"), Some(&all[1].id))
                .await
                .unwrap()
                .is_empty()
        );
        kit.empty_inbox(Some("b+tag@example.com")).await.unwrap();
        assert_eq!(kit.list_inbox(None, None).await.unwrap().len(), 2);
        kit.empty_inbox(None).await.unwrap();
        assert!(kit.list_inbox(None, None).await.unwrap().is_empty());
    })
    .await;
    let strict = TestService::start_with(|settings| settings.has_inbox = false).await;
    let refused = fact(&strict.list_inbox(None, None).await);
    assert!(refused.starts_with("FeatureNotServed"), "{refused}");
}
