//! Why a request body was refused.

use std::fmt;

/// A request body that is not a valid input of its operation.
///
/// Its texts go to the caller: they never hold the value of a sensitive member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestError {
    /// The body is no JSON, or a member has the wrong JSON type: `SerializationException`,
    /// with a message where the service is known to send one.
    Serialization(Option<String>),
    /// Members break constraints of the model: `InvalidParameterException` with this message.
    Invalid(String),
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serialization(None) => f.write_str("the body could not be read"),
            Self::Serialization(Some(text)) | Self::Invalid(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for RequestError {}
