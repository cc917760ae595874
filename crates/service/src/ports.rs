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
    /// The message; the same at each attempt, so that receivers can tell a copy.
    pub id: String,
    /// Sender address, with or without a name.
    pub from: String,
    /// Address that answers go to, if it is not the sender's.
    pub reply_to: Option<String>,
    /// Recipient address.
    pub to: String,
    /// Subject, one line.
    pub subject: String,
    /// Body as plain text.
    pub text_body: String,
    /// The same as HTML.
    pub html_body: Option<String>,
}

impl std::fmt::Debug for OutgoingMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Subject and body may hold codes.
        f.debug_struct("OutgoingMail")
            .field("id", &self.id)
            .field("from", &self.from)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

/// Sends text messages.
#[async_trait]
pub trait SmsTransport: Send + Sync {
    /// Hands a text message to the next server.
    /// # Errors
    /// [`DeliveryError::Refused`] when trying again is useless, else
    /// [`DeliveryError::Unavailable`].
    async fn send(&self, sms: &OutgoingSms) -> Result<(), DeliveryError>;
}

/// A text message on its way.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingSms {
    /// The message; the same at each attempt, so that receivers can tell a copy.
    pub id: String,
    /// Recipient number, `+` and digits.
    pub to: String,
    /// The text.
    pub text: String,
}

impl std::fmt::Debug for OutgoingSms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The text may hold a code.
        f.debug_struct("OutgoingSms")
            .field("id", &self.id)
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
