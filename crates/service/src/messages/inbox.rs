//! The inbox of the dev profile: every message as its recipient would see it.

use poolhouse_model::{Channel, Timestamp};
use poolhouse_storage::Write;

use crate::error::ServiceError;
use crate::service::Service;

/// Messages shown at most.
const PAGE: u32 = 200;

/// A message as its recipient sees it.
#[derive(Clone, Debug)]
pub struct InboxMessage {
    /// Ordered id: a later message has a greater one.
    pub id: String,
    /// How it travelled.
    pub channel: Channel,
    /// Address or number.
    pub to: String,
    /// Subject of a mail.
    pub subject: Option<String>,
    /// The text, as the template has it: HTML where that is HTML.
    pub body: String,
    /// The plain text beside it, where the body is HTML.
    pub text: Option<String>,
    /// The code in it.
    pub code: Option<String>,
    /// The link in it.
    pub link: Option<String>,
    /// The temporary password in it.
    pub temporary_password: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it left; `None` for one that is on its way, was given up, or has no way out.
    pub sent_at: Option<Timestamp>,
    /// Why it has not left, if it should have.
    pub last_error: Option<String>,
}

impl Service {
    /// Lists messages newest first: to one recipient, and after one id.
    /// # Errors
    /// [`ServiceError::FeatureNotServed`] where there is no inbox.
    pub async fn list_inbox(
        &self,
        to: Option<&str>,
        after: Option<&str>,
    ) -> Result<Vec<InboxMessage>, ServiceError> {
        self.check_inbox()?;
        let mut messages = Vec::new();
        for row in self.storage.list_messages(to, after, PAGE).await? {
            let content = match self.open_message(&row).await {
                // It was on its way when its pool was deleted, and the keys went with the pool.
                Err(ServiceError::UserPoolNotFound(_)) => continue,
                content => content?,
            };
            messages.push(InboxMessage {
                id: row.id,
                channel: row.channel,
                to: row.to,
                subject: content.subject,
                body: content.body,
                text: content.text,
                code: content.code,
                link: content.link,
                temporary_password: content.temporary_password,
                created_at: row.created_at,
                sent_at: row.sent_at,
                last_error: row.last_error,
            });
        }
        Ok(messages)
    }

    /// Empties the inbox, or one recipient's part of it.
    /// # Errors
    /// [`ServiceError::FeatureNotServed`] where there is no inbox.
    pub async fn empty_inbox(&self, to: Option<&str>) -> Result<(), ServiceError> {
        self.check_inbox()?;
        Ok(self
            .write([Write::DeleteMessages {
                to: to.map(str::to_owned),
            }])
            .await?)
    }

    fn check_inbox(&self) -> Result<(), ServiceError> {
        if self.settings.has_inbox {
            return Ok(());
        }
        Err(ServiceError::FeatureNotServed(
            "The inbox is part of the dev profile.".to_owned(),
        ))
    }
}
