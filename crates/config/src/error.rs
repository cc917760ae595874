//! What is wrong with the settings.

use std::io;
use std::path::PathBuf;

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value makes no sense.
    #[error("{origin} cannot be used: {reason}")]
    Invalid {
        /// The flag, the variable, or the key and file that it came from.
        origin: String,
        /// Why.
        reason: String,
    },
    /// The file has a key that is none of ours.
    #[error("{}: there is no setting `{key}`; {known}", file.display())]
    UnknownKey {
        /// The file.
        file: PathBuf,
        /// The key with its section.
        key: String,
        /// Which there are.
        known: String,
    },
    /// The file cannot be read.
    #[error("{} cannot be read", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is no TOML. The text of the line is left out: it may hold a password.
    #[error("{}, line {line}: {message}", file.display())]
    NotToml {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
    },
    /// The dev profile would be open to other machines.
    #[error(
        "{origin} names {address}, which other machines can reach, and whoever reaches the dev \
         profile owns every pool; to do it all the same give the flag --allow-remote-dev and set \
         POOLHOUSE_ALLOW_REMOTE_DEV=yes"
    )]
    OpenToOthers {
        /// Where the address came from.
        origin: String,
        /// The address.
        address: String,
    },
}
