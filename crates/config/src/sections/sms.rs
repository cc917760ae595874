//! How text messages leave.

use std::path::PathBuf;

use poolhouse_model::SecretString;

use crate::error::ConfigError;
use crate::settings;
use crate::sources::Sources;

/// How text messages leave.
#[derive(Clone, Debug)]
pub struct SmsConfig {
    /// URL of the HTTP gateway; without one, text messages stay in the inbox.
    pub gateway_url: Option<String>,
    /// Token that is sent to it.
    pub gateway_token: Option<SecretString>,
    /// The file that holds the token otherwise.
    pub gateway_token_file: Option<PathBuf>,
}

impl SmsConfig {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let parse = |text: &str| Ok(SecretString::from(text));
        let sms = Self {
            gateway_url: sources.parse(&settings::SMS_GATEWAY_URL, parse_url)?,
            gateway_token: sources.parse(&settings::SMS_GATEWAY_TOKEN, parse)?,
            gateway_token_file: sources.path(&settings::SMS_GATEWAY_TOKEN_FILE)?,
        };
        if sms.gateway_token.is_some() && sms.gateway_token_file.is_some() {
            return Err(ConfigError::Invalid {
                origin: settings::SMS_GATEWAY_TOKEN.variable.to_owned(),
                reason: "a file with the token is configured as well, so which of the two is \
                         meant?"
                    .to_owned(),
            });
        }
        Ok(sms)
    }
}

fn parse_url(text: &str) -> Result<String, String> {
    if text.starts_with("https://") || text.starts_with("http://") {
        Ok(text.to_owned())
    } else {
        Err("it begins with https:// or http://".to_owned())
    }
}
