//! What the service needs from outside: adapters live in `delivery`.

use async_trait::async_trait;

/// Sends mail.
#[async_trait]
pub trait MailTransport: Send + Sync {
    /// Hands a mail to the next server.
    /// # Errors
    /// [`DeliveryError::Refused`] when trying again is useless, else
    /// [`DeliveryError::Unavailable`].
    async fn send(&self, mail: &OutgoingMail) -> Result<(), DeliveryError>;
}

/// A mail on its way.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Sender address.
    pub from: String,
    /// Recipient address.
    pub to: String,
    /// Subject, one line.
    pub subject: String,
    /// Body as plain text.
    pub text_body: String,
}

impl std::fmt::Debug for OutgoingMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Subject and body may hold codes.
        f.debug_struct("OutgoingMail")
            .field("from", &self.from)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

/// Why a message did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// The message was refused for good.
    #[error("refused: {0}")]
    Refused(String),
    /// It may leave later.
    #[error("unavailable: {0}")]
    Unavailable(String),
}
