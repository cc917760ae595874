//! Sends what lies in the outbox, with retry and back-off.

use std::time::Duration;

use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{Channel, OutboxMessage, Ttl};
use poolhouse_storage::Write;

use super::MessageContent;
use crate::error::ServiceError;
use crate::ports::{DeliveryError, OutgoingMail};
use crate::service::Service;

/// Attempts after which a message is given up.
const MAX_ATTEMPTS: i64 = 8;

/// Wait after the first failed attempt; doubles with each further one.
const FIRST_RETRY: Ttl = Ttl::from_secs(5);

/// How often the outbox is looked at when nobody wakes the sender.
const POLL_INTERVAL: Duration = Duration::from_secs(5);

/// Messages sent in one go.
const BATCH: u32 = 20;

impl Service {
    /// Wakes the sender, after a batch with a message was written.
    pub(crate) fn wake_outbox(&self) {
        self.outbox_wake.notify_one();
    }

    /// Sends messages as they come, until `stop` resolves; a message on its way then still leaves
    /// and is marked as sent.
    pub async fn run_outbox(&self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        loop {
            let pause = match self.send_due_messages().await {
                Ok(0) => POLL_INTERVAL,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    tracing::error!(error = %error, "the outbox cannot be read");
                    POLL_INTERVAL
                }
            };
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = self.outbox_wake.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Sends what is due now; gives back how many messages were looked at.
    /// # Errors
    /// [`ServiceError::Storage`].
    pub async fn send_due_messages(&self) -> Result<usize, ServiceError> {
        let due = self.storage.list_due_messages(self.now(), BATCH).await?;
        let count = due.len();
        for message in due {
            let after = self.attempt(message).await;
            self.write([Write::UpdateMessage(Box::new(after))]).await?;
        }
        Ok(count)
    }

    async fn attempt(&self, mut message: OutboxMessage) -> OutboxMessage {
        let outcome = self.deliver(&message).await;
        let now = self.now();
        message.attempts += 1;
        message.next_attempt_at = None;
        match outcome {
            Ok(()) => {
                message.sent_at = Some(now);
                message.last_error = None;
            }
            Err(DeliveryError::Unavailable(why)) if message.attempts < MAX_ATTEMPTS => {
                let doublings = u32::try_from(message.attempts - 1).unwrap_or(0);
                let wait = FIRST_RETRY.as_millis() << doublings.min(16);
                message.next_attempt_at = Some(now.after(Ttl::from_millis(wait)));
                tracing::warn!(message.id = %message.id, message.attempts, error = %why,
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

    async fn deliver(&self, message: &OutboxMessage) -> Result<(), DeliveryError> {
        let (Channel::Email, Some(mail)) = (message.channel, &self.mail) else {
            // No way out is configured: the message is in the inbox, and that is all.
            return Ok(());
        };
        let content = self.open_message(message).await;
        let content = content.map_err(|error| DeliveryError::Refused(error.to_string()))?;
        let outgoing = OutgoingMail {
            from: self.settings.mail_from.clone(),
            to: message.to.clone(),
            subject: content.subject.unwrap_or_default(),
            text_body: content.body,
        };
        mail.send(&outgoing).await
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
