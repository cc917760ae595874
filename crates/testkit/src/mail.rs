//! A mail server and an SMS gateway that remember, and fail or wait when told to.

use async_trait::async_trait;
use parking_lot::Mutex;
use poolhouse_service::{DeliveryError, MailTransport, OutgoingMail, OutgoingSms, SmsTransport};
use tokio::sync::watch;

/// Takes every mail and remembers it, or fails as the test says.
pub type RecordingMail = Recording<OutgoingMail>;

/// Takes every text message and remembers it, or fails as the test says.
pub type RecordingSms = Recording<OutgoingSms>;

/// Takes every message and remembers it, or fails as the test says.
pub struct Recording<Message> {
    sent: watch::Sender<Vec<Message>>,
    failure: Mutex<Option<DeliveryError>>,
    is_held: watch::Sender<bool>,
    /// How many messages wait, or waited, while they were held.
    waiting: watch::Sender<usize>,
}

impl<Message> Default for Recording<Message> {
    fn default() -> Self {
        Self {
            sent: watch::Sender::new(Vec::new()),
            failure: Mutex::default(),
            is_held: watch::Sender::new(false),
            waiting: watch::Sender::new(0),
        }
    }
}

impl<Message: Clone> Recording<Message> {
    /// The messages that were taken, oldest first.
    pub fn sent(&self) -> Vec<Message> {
        self.sent.borrow().clone()
    }

    /// Waits until a message was taken.
    pub async fn wait_until_sent(&self) {
        let mut sent = self.sent.subscribe();
        let has_any = sent.wait_for(|sent| !sent.is_empty()).await;
        drop(has_any.expect("the sender lives"));
    }

    /// Fails every message from now on, or with `None` takes them again.
    pub fn fail_with(&self, failure: Option<DeliveryError>) {
        *self.failure.lock() = failure;
    }

    /// Lets every message wait from now on.
    pub fn hold(&self) {
        self.is_held.send_replace(true);
    }

    /// Lets messages go on.
    pub fn release(&self) {
        self.is_held.send_replace(false);
    }

    /// Waits until a message waits.
    pub async fn wait_until_held(&self) {
        let mut waiting = self.waiting.subscribe();
        let waits = waiting.wait_for(|waiting| *waiting > 0).await;
        drop(waits.expect("the sender lives"));
    }

    async fn take(&self, message: &Message) -> Result<(), DeliveryError> {
        if *self.is_held.borrow() {
            self.waiting.send_modify(|waiting| *waiting += 1);
            let mut is_held = self.is_held.subscribe();
            let released = is_held.wait_for(|is_held| !is_held).await;
            drop(released.expect("the sender lives"));
        }
        if let Some(failure) = self.failure.lock().clone() {
            return Err(failure);
        }
        self.sent.send_modify(|sent| sent.push(message.clone()));
        Ok(())
    }
}

#[async_trait]
impl MailTransport for RecordingMail {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), DeliveryError> {
        self.take(mail).await
    }
}

#[async_trait]
impl SmsTransport for RecordingSms {
    async fn send(&self, sms: &OutgoingSms) -> Result<(), DeliveryError> {
        self.take(sms).await
    }
}
