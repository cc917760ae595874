//! How many messages leave.

use crate::error::ConfigError;
use crate::settings;
use crate::sources::Sources;

/// How many messages leave in an hour; 0 is no limit, `None` the default.
#[derive(Clone, Copy, Debug)]
pub struct MessagesConfig {
    /// To one address or number of a pool; 20 by default.
    pub per_address: Option<u32>,
    /// Mails of a pool; 10,000 by default.
    pub mails_per_pool: Option<u32>,
    /// Text messages of a pool; 500 by default.
    pub sms_per_pool: Option<u32>,
}

impl MessagesConfig {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let limit = |setting| sources.parse(setting, parse_limit);
        Ok(Self {
            per_address: limit(&settings::MESSAGES_PER_ADDRESS)?,
            mails_per_pool: limit(&settings::MAILS_PER_POOL)?,
            sms_per_pool: limit(&settings::SMS_PER_POOL)?,
        })
    }
}

fn parse_limit(text: &str) -> Result<u32, String> {
    text.parse()
        .map_err(|_| "it is a number, 0 for no limit".to_owned())
}
