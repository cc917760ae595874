//! A mail server that remembers, and fails when told to.

use async_trait::async_trait;
use parking_lot::Mutex;
use poolhouse_service::{DeliveryError, MailTransport, OutgoingMail};

/// Takes every mail and remembers it, or fails as the test says.
#[derive(Default)]
pub struct RecordingMail {
    sent: Mutex<Vec<OutgoingMail>>,
    failure: Mutex<Option<DeliveryError>>,
}

impl RecordingMail {
    /// The mails that were taken, oldest first.
    pub fn sent(&self) -> Vec<OutgoingMail> {
        self.sent.lock().clone()
    }

    /// Fails every mail from now on, or with `None` takes them again.
    pub fn fail_with(&self, failure: Option<DeliveryError>) {
        *self.failure.lock() = failure;
    }
}

#[async_trait]
impl MailTransport for RecordingMail {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), DeliveryError> {
        if let Some(failure) = self.failure.lock().clone() {
            return Err(failure);
        }
        self.sent.lock().push(mail.clone());
        Ok(())
    }
}
