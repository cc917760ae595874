//! How mail leaves.

use poolhouse_model::SecretString;

use crate::error::ConfigError;
use crate::settings;
use crate::sources::Sources;

/// How mail leaves.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// URL of the mail server; without one, mails stay in the inbox.
    pub smtp_url: Option<SecretString>,
    /// Sender of mails; `no-reply@poolhouse.localhost` by default.
    pub from: String,
}

impl MailConfig {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let from = sources.parse(&settings::MAIL_FROM, parse_from)?;
        Ok(Self {
            smtp_url: sources.parse(&settings::SMTP_URL, parse_smtp_url)?,
            from: from.unwrap_or_else(|| settings::MAIL_FROM.default.to_owned()),
        })
    }
}

fn parse_smtp_url(text: &str) -> Result<SecretString, String> {
    if text.starts_with("smtp://") || text.starts_with("smtps://") {
        Ok(SecretString::from(text))
    } else {
        Err("it begins with smtp:// or smtps://".to_owned())
    }
}

fn parse_from(text: &str) -> Result<String, String> {
    if text.contains('@') {
        Ok(text.to_owned())
    } else {
        Err("it is a mail address".to_owned())
    }
}
