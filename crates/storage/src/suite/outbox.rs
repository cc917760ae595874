//! Behaviour of the outbox.

use poolhouse_model::{Channel, OutboxMessage, Timestamp};

use super::samples::{self, NOW, at};
use super::{accept, ok, refuse, user_pools};
use crate::error::Conflict;
use crate::repositories::Storage;
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    accept(storage, [Write::DeleteMessages { to: None }]).await;
    due_messages_of_all_pools_are_listed_oldest_first(storage).await;
    one_of_many_claims_a_due_message(storage).await;
    failed_messages_are_counted(storage).await;
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
    let second = samples::message(&pool, "02", "a@x.example");
    let mut later = samples::message(&pool, "03", "a@x.example");
    later.next_attempt_at = Some(at(60));
    let mut done = samples::message(&pool, "04", "a@x.example");
    done.next_attempt_at = None;
    let mut sms = samples::message(&pool, "05", "+12065550100");
    sms.channel = Channel::Sms;
    for message in [&later, &second, &first, &done, &sms] {
        accept(storage, [Write::EnqueueMessage(Box::new(message.clone()))]).await;
    }
    let due = async |channel, now, limit| ok(storage.list_due_messages(channel, now, limit).await);
    assert_eq!(
        due(Channel::Email, NOW, 10).await,
        [first.clone(), second.clone()]
    );
    assert_eq!(due(Channel::Email, NOW, 1).await, [first]);
    assert_eq!(due(Channel::Sms, NOW, 10).await, [sms]);
    assert_eq!(
        due(Channel::Email, at(60), 10).await.last().map(|m| &m.id),
        Some(&later.id)
    );
    accept(storage, [Write::DeleteMessages { to: None }]).await;
}

fn claim(message: &OutboxMessage, now: Timestamp, until: Timestamp) -> Write {
    Write::ClaimMessage {
        pool_id: message.pool_id.clone(),
        id: message.id.clone(),
        attempts: message.attempts,
        at: now,
        until,
    }
}

async fn one_of_many_claims_a_due_message(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "outbox_claim").await;
    let mut message = samples::message(&pool, "01", "a@x.example");
    message.next_attempt_at = Some(at(1));
    accept(storage, [Write::EnqueueMessage(Box::new(message.clone()))]).await;
    refuse(storage, Conflict::Stale, [claim(&message, NOW, at(60))]).await;
    accept(storage, [claim(&message, at(1), at(60))]).await;
    refuse(storage, Conflict::Stale, [claim(&message, at(1), at(60))]).await;
    let due = async |now| ok(storage.list_due_messages(Channel::Email, now, 10).await);
    assert_eq!(due(at(59)).await, []);
    // Its taker vanished, and another takes it.
    message.attempts = 1;
    message.next_attempt_at = Some(at(60));
    assert_eq!(due(at(60)).await, [message.clone()]);
    accept(storage, [claim(&message, at(60), at(120))]).await;
    // What the first one has to say of it comes too late.
    message.next_attempt_at = Some(at(61));
    message.last_error = Some("late".to_owned());
    accept(storage, [Write::UpdateMessage(Box::new(message.clone()))]).await;
    assert_eq!(due(at(119)).await, []);
    message.attempts = 2;
    message.next_attempt_at = None;
    message.last_error = None;
    message.sent_at = Some(at(100));
    accept(storage, [Write::UpdateMessage(Box::new(message.clone()))]).await;
    refuse(
        storage,
        Conflict::Stale,
        [claim(&message, at(200), at(300))],
    )
    .await;
    let sent = ok(storage.list_messages(Some("a@x.example"), None, 10).await);
    assert_eq!(sent, [message.clone()]);
    accept(storage, [Write::DeleteMessages { to: None }]).await;
    // What came of a message that was removed meanwhile is dropped.
    accept(storage, [Write::UpdateMessage(Box::new(message))]).await;
    assert_eq!(ok(storage.list_messages(None, None, 10).await), []);
}

async fn failed_messages_are_counted(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "outbox_failed").await;
    for (id, next_attempt_at, error) in [
        ("01", None, None),
        ("02", Some(NOW), None),
        ("03", Some(at(-1)), Some("busy")),
        ("04", Some(at(60)), Some("busy")),
        ("05", None, Some("refused")),
    ] {
        let mut message = samples::message(&pool, id, "a@x.example");
        message.next_attempt_at = next_attempt_at;
        message.last_error = error.map(str::to_owned);
        accept(storage, [Write::EnqueueMessage(Box::new(message))]).await;
    }
    let counted = async |limit| {
        let counted = ok(storage.count_failed_messages(limit).await);
        (counted.retrying, counted.given_up)
    };
    assert_eq!(counted(10).await, (2, 1));
    assert_eq!(counted(1).await, (1, 1));
    accept(storage, [Write::DeleteMessages { to: None }]).await;
    assert_eq!(counted(10).await, (0, 0));
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
