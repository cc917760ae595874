//! What is logged.

use crate::error::ConfigError;
use crate::settings;
use crate::sources::Sources;

/// What is logged, to standard error.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// A level, or levels by module; `info` by default.
    pub filter: String,
}

impl LogConfig {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let filter = sources.parse(&settings::LOG, |text| Ok(text.to_owned()))?;
        Ok(Self {
            filter: filter.unwrap_or_else(|| settings::LOG.default.to_owned()),
        })
    }
}
