//! How passwords are kept.

use crate::Profile;
use crate::error::ConfigError;
use crate::settings;
use crate::sources::Sources;

/// How much a password hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordHashing {
    /// Enough to protect the passwords of a stolen database.
    Standard,
    /// Next to nothing: test runs are fast, and a stolen database gives its passwords away.
    DevOnly,
}

/// How passwords are kept.
#[derive(Clone, Debug)]
pub struct PasswordsConfig {
    /// How much a hash costs; `standard` by default.
    pub hashing: PasswordHashing,
    /// Whether common passwords are refused; they are allowed by default.
    pub refuses_common: bool,
}

impl PasswordsConfig {
    pub(crate) fn load(sources: &Sources<'_>, profile: Profile) -> Result<Self, ConfigError> {
        let hashing = sources.parse(&settings::PASSWORD_HASHING, |text| match text {
            "standard" => Ok(PasswordHashing::Standard),
            "dev-only" if profile == Profile::Dev => Ok(PasswordHashing::DevOnly),
            "dev-only" => Err("it is for the dev profile".to_owned()),
            _ => Err("it is standard or dev-only".to_owned()),
        })?;
        let refuses_common = sources.parse(&settings::COMMON_PASSWORDS, |text| match text {
            "allowed" => Ok(false),
            "refused" => Ok(true),
            _ => Err("it is allowed or refused".to_owned()),
        })?;
        Ok(Self {
            hashing: hashing.unwrap_or(PasswordHashing::Standard),
            refuses_common: refuses_common.unwrap_or(false),
        })
    }
}
