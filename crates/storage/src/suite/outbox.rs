//! Behaviour of the outbox.

use poolhouse_model::{Channel, OutboxMessage};

use super::samples::{self, NOW, at};
use super::{accept, ok, user_pools};
use crate::repositories::Storage;
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    accept(storage, [Write::DeleteMessages { to: None }]).await;
    due_messages_of_all_pools_are_listed_oldest_first(storage).await;
    messages_are_listed_newest_first(storage).await;
}

fn ids(messages: Vec<OutboxMessage>) -> Vec<String> {
    messages.into_iter().map(|message| message.id).collect()
}

async fn due_messages_of_all_pools_are_listed_oldest_first(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "outbox_due").await;
    let other = user_pools::create(storage, "outbox_due_other").await;
    let mut first = samples::message(&other, "01", "b@x.example");
    first.next_attempt_at = Some(at(-5));
    first.channel = Channel::Sms;
    let mut second = samples::message(&pool, "02", "a@x.example");
    let mut later = samples::message(&pool, "03", "a@x.example");
    later.next_attempt_at = Some(at(60));
    let mut done = samples::message(&pool, "04", "a@x.example");
    done.next_attempt_at = None;
    for message in [&later, &second, &first, &done] {
        accept(storage, [Write::EnqueueMessage(Box::new(message.clone()))]).await;
    }
    let due = ok(storage.list_due_messages(NOW, 10).await);
    assert_eq!(due, [first.clone(), second.clone()]);
    assert_eq!(ok(storage.list_due_messages(NOW, 1).await), [first.clone()]);
    first.attempts = 1;
    first.next_attempt_at = None;
    first.sent_at = Some(NOW);
    second.attempts = 2;
    second.next_attempt_at = Some(at(30));
    second.last_error = Some("refused".to_owned());
    for message in [&first, &second] {
        accept(storage, [Write::UpdateMessage(Box::new(message.clone()))]).await;
    }
    assert_eq!(ok(storage.list_due_messages(NOW, 10).await), []);
    let due = ok(storage.list_due_messages(at(30), 10).await);
    assert_eq!(due, [second]);
    let sent = ok(storage.list_messages(Some("b@x.example"), None, 10).await);
    assert_eq!(sent, [first]);
    accept(storage, [Write::DeleteMessages { to: None }]).await;
    assert_eq!(ok(storage.list_messages(None, None, 10).await), []);
    // What came of a message that was removed meanwhile is dropped.
    accept(storage, [Write::UpdateMessage(Box::new(done))]).await;
    assert_eq!(ok(storage.list_messages(None, None, 10).await), []);
}

async fn messages_are_listed_newest_first(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "outbox_list").await;
    let other = user_pools::create(storage, "outbox_list_other").await;
    for (pool, id, to) in [
        (&pool, "11", "a"),
        (&other, "12", "b"),
        (&pool, "13", "a"),
        (&other, "14", "a"),
    ] {
        let message = samples::message(pool, id, to);
        accept(storage, [Write::EnqueueMessage(Box::new(message))]).await;
    }
    let list = async |to, after, limit| ids(ok(storage.list_messages(to, after, limit).await));
    assert_eq!(list(None, None, 10).await, ["14", "13", "12", "11"]);
    assert_eq!(list(None, None, 2).await, ["14", "13"]);
    assert_eq!(list(None, Some("12"), 10).await, ["14", "13"]);
    assert_eq!(list(Some("a"), None, 10).await, ["14", "13", "11"]);
    assert_eq!(list(Some("a"), Some("11"), 10).await, ["14", "13"]);
    let delete = Write::DeleteMessages {
        to: Some("a".to_owned()),
    };
    accept(storage, [delete]).await;
    assert_eq!(list(None, None, 10).await, ["12"]);
    accept(storage, [Write::DeleteMessages { to: None }]).await;
}
