//! Adapters for the ports of the service: how messages leave.

mod smtp;

pub use smtp::{SmtpTransport, SmtpUrlError, check_sender};
