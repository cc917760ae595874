//! One documented struct for each section.

mod identity;
mod listen;
mod log;
mod mail;
mod messages;
mod origin;
mod passwords;
mod server;
mod sms;
mod storage;
mod tls;

pub use identity::{AwsConfig, IssuerConfig, IssuerForm};
pub use listen::ListenAddress;
pub use log::LogConfig;
pub use mail::MailConfig;
pub use messages::MessagesConfig;
pub use origin::Origin;
pub use passwords::{PasswordHashing, PasswordsConfig};
pub use server::ServerConfig;
pub use sms::SmsConfig;
pub use storage::{KeysConfig, StorageConfig, StoreKind};
pub use tls::Tls;
