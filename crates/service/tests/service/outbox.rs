//! Several instances on one store, instances that die, and transports that fail.

use std::sync::Arc;

use futures_util::future::join_all;
use poolhouse_model::{Channel, ContactAttribute, Ttl};
use poolhouse_service::DeliveryError;
use poolhouse_storage::{Outbox as _, Write, WriteBatch, Writer as _};
use poolhouse_testkit::{TestClient, TestService, attributes, on_every_engine, sign_up_request};
use tokio::sync::oneshot;

async fn sign_up(kit: &TestService, client: &TestClient, name: &str) {
    let email = format!("{name}@example.com");
    kit.signed_up_user(client, name, &email).await;
}

#[tokio::test]
async fn r8_two_instances_send_each_message_once() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        for number in 0..20 {
            sign_up(&kit, &client, &format!("user{number}")).await;
        }
        let other = kit.another_instance();
        let rounds = (0..4).map(|round| {
            let instance = if round % 2 == 0 {
                kit.service()
            } else {
                Arc::clone(&other)
            };
            async move { instance.send_due_messages().await.unwrap() }
        });
        let sent: usize = join_all(rounds).await.into_iter().sum();
        assert_eq!(sent, 20, "a message that another takes does not count");
        let mut to: Vec<_> = kit.mail.sent().into_iter().map(|mail| mail.to).collect();
        assert_eq!(to.len(), 20);
        to.sort_unstable();
        to.dedup();
        assert_eq!(to.len(), 20, "each to its own recipient");
    })
    .await;
}

#[tokio::test]
async fn a_message_whose_sender_died_is_sent_by_another_once_its_claim_ends() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        sign_up(&kit, &client, "alice").await;
        kit.mail.hold();
        let dying = kit.another_instance();
        let send = tokio::spawn(async move { dying.send_due_messages().await });
        kit.mail.wait_until_held().await;
        send.abort();
        assert!(send.await.unwrap_err().is_cancelled());
        kit.mail.release();
        assert_eq!(
            kit.send_due_messages().await.unwrap(),
            0,
            "it is still claimed"
        );
        kit.clock.advance(Ttl::from_secs(45));
        assert_eq!(kit.send_due_messages().await.unwrap(), 1);
        assert_eq!(kit.send_due_messages().await.unwrap(), 0);
        assert_eq!(kit.mail.sent().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn r13_a_message_that_a_stop_interrupts_is_due_at_once_for_the_next_start() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        sign_up(&kit, &client, "alice").await;
        kit.mail.hold();
        let (stop, stopped) = oneshot::channel::<()>();
        let service = kit.service();
        let outbox = tokio::spawn(async move {
            service
                .run_outbox(async {
                    let _ = stopped.await;
                })
                .await;
        });
        kit.mail.wait_until_held().await;
        stop.send(()).unwrap();
        outbox.await.unwrap();
        kit.mail.release();
        assert!(kit.mail.sent().is_empty());
        let due = kit
            .storage()
            .list_due_messages(Channel::Email, kit.now(), 10);
        assert_eq!(due.await.unwrap().len(), 1);
        assert_eq!(kit.another_instance().send_due_messages().await.unwrap(), 1);
        assert_eq!(kit.mail.sent().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn r15_mails_that_wait_for_a_server_hold_no_text_message_up() {
    on_every_engine(|kit| async move {
        let by_mail = kit.pool().await;
        let by_sms = kit
            .pool_with(|settings| {
                settings.auto_verified_attributes = vec![ContactAttribute::PhoneNumber];
            })
            .await;
        let client = kit.public_client(&by_mail).await;
        for number in 0..40 {
            sign_up(&kit, &client, &format!("user{number}")).await;
        }
        kit.mail.hold();
        let (stop, stopped) = oneshot::channel::<()>();
        let service = kit.service();
        let outbox = tokio::spawn(async move {
            service
                .run_outbox(async {
                    let _ = stopped.await;
                })
                .await;
        });
        kit.mail.wait_until_held().await;
        // Sign-up answers as ever, and the text message leaves while the mails wait.
        let client = kit.public_client(&by_sms).await;
        let mut request = sign_up_request(&client, "alice");
        request.attributes = attributes(&[("phone_number", "+12065550100")]);
        kit.sign_up(request).await.unwrap();
        kit.sms.wait_until_sent().await;
        assert_eq!(kit.sms.sent()[0].to, "+12065550100");
        assert!(kit.mail.sent().is_empty());
        stop.send(()).unwrap();
        outbox.await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn messages_that_do_not_leave_are_counted_until_they_do() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let counted = async || {
            let failed = kit.count_failed_messages().await.unwrap();
            (failed.retrying, failed.given_up)
        };
        sign_up(&kit, &client, "alice").await;
        assert_eq!(counted().await, (0, 0), "on its way is no failure");
        kit.mail
            .fail_with(Some(DeliveryError::Unavailable("busy".into())));
        kit.send_due_messages().await.unwrap();
        assert_eq!(counted().await, (1, 0));
        kit.mail
            .fail_with(Some(DeliveryError::Refused("no".into())));
        sign_up(&kit, &client, "bob").await;
        kit.send_due_messages().await.unwrap();
        assert_eq!(counted().await, (1, 1));
        kit.mail.fail_with(None);
        kit.clock.advance(Ttl::from_secs(5));
        kit.send_due_messages().await.unwrap();
        assert_eq!(counted().await, (0, 1));
    })
    .await;
}

#[tokio::test]
async fn each_attempt_names_the_same_message() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        sign_up(&kit, &client, "alice").await;
        let id = kit.messages_to("alice@example.com").await[0].id.clone();
        kit.mail
            .fail_with(Some(DeliveryError::Unavailable("busy".into())));
        kit.send_due_messages().await.unwrap();
        kit.clock.advance(Ttl::from_secs(5));
        kit.mail.fail_with(None);
        kit.send_due_messages().await.unwrap();
        assert_eq!(kit.mail.sent()[0].id, id);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_outlives_its_pool_hides_no_other() {
    on_every_engine(|kit| async move {
        let (gone, kept) = (kit.pool().await, kit.pool().await);
        let client = kit.public_client(&gone).await;
        sign_up(&kit, &client, "alice").await;
        let written = kit.storage().list_messages(None, None, 10).await.unwrap();
        kit.delete_user_pool(&gone.id).await.unwrap();
        // As a sign-up writes it that read the pool just before.
        let late = written
            .into_iter()
            .map(|row| Write::EnqueueMessage(Box::new(row)));
        kit.storage()
            .write(WriteBatch::of(late.collect::<Vec<_>>()))
            .await
            .unwrap();
        let client = kit.public_client(&kept).await;
        sign_up(&kit, &client, "bob").await;
        let inbox = kit.list_inbox(None, None).await.unwrap();
        let to: Vec<_> = inbox.iter().map(|message| message.to.as_str()).collect();
        assert_eq!(to, ["bob@example.com"]);
        assert_eq!(kit.send_due_messages().await.unwrap(), 2);
    })
    .await;
}
