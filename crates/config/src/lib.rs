//! Settings of the server: flags over environment over file, one documented struct per section.
//!
//! Each setting is one row of the table in `settings.rs`: its flag, environment variable, key in
//! the file and help text are written there and nowhere else. The environment and the reading of
//! files are handed in, so that what a start does can be told from its arguments alone.

mod arguments;
mod error;
mod file;
mod sections;
mod setting;
mod settings;
mod sources;

pub use arguments::{Flags, arguments, arguments_without};
pub use error::ConfigError;
pub use sections::{
    AwsConfig, IssuerConfig, IssuerForm, KeysConfig, ListenAddress, LogConfig, MailConfig,
    MessagesConfig, Origin, PasswordHashing, PasswordsConfig, ServerConfig, SmsConfig,
    StorageConfig, StoreKind, Tls,
};
pub use settings::DEFAULT_PORT;
pub use sources::Environment;

use std::io;
use std::path::Path;

use sources::Sources;

/// Who the server is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// One developer's machine, or a test run: forgiving, with tools, closed to the network.
    Dev,
    /// Users.
    Production,
}

/// Everything an operator can decide.
#[derive(Clone, Debug)]
pub struct Config {
    /// Who the server is for; `dev` by default.
    pub profile: Profile,
    /// Where it listens and whom it answers.
    pub server: ServerConfig,
    /// Where data lies.
    pub storage: StorageConfig,
    /// Where the master key comes from.
    pub keys: KeysConfig,
    /// What tokens say of who issued them.
    pub issuer: IssuerConfig,
    /// What resource names say.
    pub aws: AwsConfig,
    /// How passwords are kept.
    pub passwords: PasswordsConfig,
    /// How mail leaves.
    pub mail: MailConfig,
    /// How text messages leave.
    pub sms: SmsConfig,
    /// How many messages leave.
    pub messages: MessagesConfig,
    /// What is logged.
    pub log: LogConfig,
}

/// What the settings are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To listen: the dev profile leaves loopback only when it was told twice.
    Serve,
    /// To ask or prepare a server of these settings, as its health check does.
    Use,
}

/// Puts the settings together: a flag wins over the environment, the environment over the file.
/// # Errors
/// [`ConfigError`] names the flag, the variable, or the key and file that cannot be used.
pub fn load(
    flags: &Flags,
    environment: &Environment,
    purpose: Purpose,
    read_file: impl Fn(&Path) -> io::Result<String>,
) -> Result<Config, ConfigError> {
    let sources = Sources::open(flags, environment, read_file)?;
    let profile = sources.parse(&settings::PROFILE, |text| match text {
        "dev" => Ok(Profile::Dev),
        "production" => Ok(Profile::Production),
        _ => Err("it is dev or production".to_owned()),
    })?;
    let profile = profile.unwrap_or(Profile::Dev);
    Ok(Config {
        profile,
        server: ServerConfig::load(&sources, profile, purpose)?,
        storage: StorageConfig::load(&sources)?,
        keys: KeysConfig::load(&sources)?,
        issuer: IssuerConfig::load(&sources)?,
        aws: AwsConfig::load(&sources)?,
        passwords: PasswordsConfig::load(&sources, profile)?,
        mail: MailConfig::load(&sources)?,
        sms: SmsConfig::load(&sources)?,
        messages: MessagesConfig::load(&sources)?,
        log: LogConfig::load(&sources)?,
    })
}

#[cfg(test)]
mod tests;
