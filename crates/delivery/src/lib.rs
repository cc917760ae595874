//! Adapters for the ports of the service: how messages leave.

mod explain;
mod loopback;
mod sms_gateway;
mod smtp;

pub use sms_gateway::{SmsGateway, SmsGatewayError};
pub use smtp::{SmtpTransport, SmtpUrlError, check_sender};
