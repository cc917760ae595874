//! Codes and passwords as their recipients read them.

use poolhouse_service::InboxMessage;

use crate::test_service::TestService;

impl TestService {
    /// The messages to an address or number, newest first.
    pub async fn messages_to(&self, to: &str) -> Vec<InboxMessage> {
        self.list_inbox(Some(to), None)
            .await
            .expect("the inbox can be read")
    }

    /// The newest code that was sent to an address or number.
    /// # Panics
    /// When there is none.
    pub async fn code_to(&self, to: &str) -> String {
        let messages = self.messages_to(to).await;
        let mut codes = messages.into_iter().filter_map(|message| message.code);
        codes
            .next()
            .unwrap_or_else(|| panic!("no code was sent to {to}"))
    }

    /// The newest temporary password that was sent to an address or number.
    /// # Panics
    /// When there is none.
    pub async fn temporary_password_to(&self, to: &str) -> String {
        let messages = self.messages_to(to).await;
        let mut passwords = messages
            .into_iter()
            .filter_map(|message| message.temporary_password);
        passwords
            .next()
            .unwrap_or_else(|| panic!("no password was sent to {to}"))
    }
}
