//! Sends what lies in the outbox, with retry and back-off.
//!
//! A message leaves at least once. Before it is sent it is claimed for a while by a guarded write,
//! so that of several instances on one store one sends it; should that one die, the claim ends and
//! another sends it, which is how a message can leave twice.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use parking_lot::Mutex;
use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{Channel, OutboxMessage, RngExt as _, Ttl};
use poolhouse_storage::{Conflict, FailedMessages, StorageError, Write};
use tokio::sync::{Notify, watch};

use super::MessageContent;
use crate::error::ServiceError;
use crate::ports::{DeliveryError, OutgoingMail, OutgoingSms};
use crate::service::Service;

/// Attempts after which a message is given up.
const MAX_ATTEMPTS: i64 = 8;

/// Longest wait after the first failed attempt; doubles with each further one.
const FIRST_RETRY: Ttl = Ttl::from_secs(5);

/// How long a claim lasts: longer than a transport takes before it gives up.
const CLAIM_TTL: Ttl = Ttl::from_secs(45);

/// Longest that sending may take, whatever the transport does: a claim must not end before.
const SEND_TIMEOUT: Duration = Duration::from_secs(40);

/// How often the outbox is looked at when nobody wakes the sender.
const POLL_INTERVAL: Duration = Duration::from_secs(5);

/// How long a stop waits for messages on their way.
const STOP_TTL: Duration = Duration::from_millis(500);

/// Messages read in one go.
const BATCH: u32 = 32;

/// Messages of a channel that are on their way at the same time.
const SENT_AT_ONCE: usize = 8;

/// Failed messages counted at most, of each kind.
const COUNT_LIMIT: u32 = 1000;

/// What the sender keeps in mind.
#[derive(Default)]
pub(crate) struct OutboxState {
    mail_wake: Notify,
    sms_wake: Notify,
    /// Messages on their way, as they were claimed, by id.
    claimed: Mutex<HashMap<String, OutboxMessage>>,
}

impl OutboxState {
    fn wake(&self, channel: Channel) -> &Notify {
        match channel {
            Channel::Email => &self.mail_wake,
            Channel::Sms => &self.sms_wake,
        }
    }
}

impl Service {
    /// Wakes the sender, after a batch with a message was written.
    pub(crate) fn wake_outbox(&self) {
        for channel in Channel::ALL {
            self.outbox.wake(channel).notify_one();
        }
    }

    /// Sends messages as they come, until `stop` resolves. Then messages on their way have a moment
    /// to leave; those that have not are left for the next start.
    pub async fn run_outbox(&self, stop: impl Future<Output = ()>) {
        let (stopping, stopped) = watch::channel(false);
        let senders = async {
            let [email, sms] = Channel::ALL.map(|channel| self.run_channel(channel, &stopped));
            tokio::join!(email, sms);
        };
        let deadline = async {
            stop.await;
            stopping.send_replace(true);
            tokio::time::sleep(STOP_TTL).await;
        };
        tokio::select! {
            () = senders => {}
            () = deadline => {}
        }
        if let Err(error) = self.release_claimed_messages().await {
            tracing::error!(error = %error, "messages on their way wait for their claims to end");
        }
    }

    async fn run_channel(&self, channel: Channel, stopped: &watch::Receiver<bool>) {
        let mut stopped = stopped.clone();
        loop {
            let pause = match self.send_due(channel).await {
                Ok(0) => POLL_INTERVAL,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::error!(error = %error, "the outbox cannot be read");
                    POLL_INTERVAL
                }
            };
            tokio::select! {
                biased;
                _ = stopped.changed() => return,
                () = self.outbox.wake(channel).notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Sends what is due now; gives back how many messages were sent or tried.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn send_due_messages(&self) -> Result<usize, ServiceError> {
        let mut count = 0;
        for channel in Channel::ALL {
            count += self.send_due(channel).await?;
        }
        Ok(count)
    }

    /// Counts the messages that did not leave, each number up to 1000, for probes.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn count_failed_messages(&self) -> Result<FailedMessages, ServiceError> {
        Ok(self.storage.count_failed_messages(COUNT_LIMIT).await?)
    }

    async fn send_due(&self, channel: Channel) -> Result<usize, ServiceError> {
        let now = self.now();
        let due = self.storage.list_due_messages(channel, now, BATCH).await?;
        let mut attempts = futures_util::stream::iter(due)
            .map(|message| self.claim_and_send(message))
            .buffer_unordered(SENT_AT_ONCE);
        let (mut count, mut failure) = (0, None);
        while let Some(outcome) = attempts.next().await {
            match outcome {
                Ok(was_ours) => count += usize::from(was_ours),
                Err(error) => failure = Some(error),
            }
        }
        failure.map_or(Ok(count), Err)
    }

    /// Sends a message unless another instance does.
    async fn claim_and_send(&self, mut message: OutboxMessage) -> Result<bool, ServiceError> {
        let now = self.now();
        let claim = Write::ClaimMessage {
            pool_id: message.pool_id.clone(),
            id: message.id.clone(),
            attempts: message.attempts,
            at: now,
            until: now.after(CLAIM_TTL),
        };
        match self.write([claim]).await {
            Ok(()) => {}
            Err(StorageError::Conflict(Conflict::Stale)) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        message.attempts += 1;
        let id = message.id.clone();
        self.outbox
            .claimed
            .lock()
            .insert(id.clone(), message.clone());
        let outcome = tokio::time::timeout(SEND_TIMEOUT, self.deliver(&message)).await;
        let outcome = outcome
            .unwrap_or_else(|_| Err(DeliveryError::Unavailable("it takes too long".to_owned())));
        let recorded = self.record(message, outcome);
        let recorded = self.write([Write::UpdateMessage(Box::new(recorded))]).await;
        self.outbox.claimed.lock().remove(&id);
        recorded?;
        Ok(true)
    }

    /// Makes of a message what came of sending it.
    fn record(
        &self,
        mut message: OutboxMessage,
        outcome: Result<(), DeliveryError>,
    ) -> OutboxMessage {
        let now = self.now();
        message.next_attempt_at = None;
        match outcome {
            Ok(()) => {
                message.sent_at = Some(now);
                message.last_error = None;
            }
            Err(DeliveryError::Unavailable(why)) if message.attempts < MAX_ATTEMPTS => {
                let wait = self.wait_after(message.attempts);
                message.next_attempt_at = Some(now.after(wait));
                tracing::warn!(message.id = %message.id, message.attempts,
                    message.retry_ms = wait.as_millis(), error = %why,
                    "a message could not be sent and is tried again");
                message.last_error = Some(why);
            }
            Err(error) => {
                tracing::error!(message.id = %message.id, message.attempts, error = %error,
                    "a message is given up");
                message.last_error = Some(error.to_string());
            }
        }
        message
    }

    /// How long to wait after so many failed attempts: between half of the longest wait and all of
    /// it, so that what failed together does not come back together.
    fn wait_after(&self, attempts: i64) -> Ttl {
        let doublings = u32::try_from(attempts - 1).unwrap_or(0);
        let longest = FIRST_RETRY.as_millis() << doublings.min(16);
        let part = i64::from(u16::from_le_bytes(self.rng.bytes()));
        Ttl::from_millis(longest / 2 + longest / 2 * part / i64::from(u16::MAX))
    }

    /// Makes messages that did not leave before a stop due at once, for the next start.
    async fn release_claimed_messages(&self) -> Result<(), ServiceError> {
        let claimed: Vec<_> = self.outbox.claimed.lock().drain().collect();
        if claimed.is_empty() {
            return Ok(());
        }
        tracing::warn!(
            messages = claimed.len(),
            "messages on their way were abandoned by the stop and are sent again later"
        );
        let now = self.now();
        let releases = claimed.into_iter().map(|(_, mut message)| {
            message.next_attempt_at = Some(now);
            Write::UpdateMessage(Box::new(message))
        });
        Ok(self.write(releases.collect::<Vec<_>>()).await?)
    }

    async fn deliver(&self, message: &OutboxMessage) -> Result<(), DeliveryError> {
        let content = || async {
            let content = self.open_message(message).await;
            content.map_err(|error| DeliveryError::Refused(error.to_string()))
        };
        match message.channel {
            Channel::Email => match &self.mail {
                Some(mail) => mail.send(&self.mail_of(message, content().await?)).await,
                // No way out is configured: the message is in the inbox, and that is all.
                None => Ok(()),
            },
            Channel::Sms => match &self.sms {
                Some(sms) => sms.send(&sms_of(message, content().await?)).await,
                None => Ok(()),
            },
        }
    }

    fn mail_of(&self, message: &OutboxMessage, content: MessageContent) -> OutgoingMail {
        let (text_body, html_body) = match content.text {
            Some(text) => (text, Some(content.body)),
            None => (content.body, None),
        };
        OutgoingMail {
            id: message.id.clone(),
            from: content
                .from
                .unwrap_or_else(|| self.settings.mail_from.clone()),
            reply_to: content.reply_to,
            to: message.to.clone(),
            subject: content.subject.unwrap_or_default(),
            text_body,
            html_body,
        }
    }

    pub(super) async fn open_message(
        &self,
        message: &OutboxMessage,
    ) -> Result<MessageContent, ServiceError> {
        let keys = self.keyring(&message.pool_id).await?;
        let sealed = &message.sealed_content;
        let opened = keys.sealer.open(Purpose::MailBody, &message.id, sealed)?;
        serde_json::from_slice(&opened).map_err(|error| ServiceError::Internal(error.to_string()))
    }
}

fn sms_of(message: &OutboxMessage, content: MessageContent) -> OutgoingSms {
    OutgoingSms {
        id: message.id.clone(),
        to: message.to.clone(),
        text: content.body,
    }
}
