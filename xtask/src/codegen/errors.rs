//! The errors that the front end of the service knows beside those of the model.

/// An error that no operation declares.
pub(super) struct FrameworkError {
    pub(super) name: &'static str,
    pub(super) status: u16,
    /// Whether the body calls its text `Message` and not `message`.
    pub(super) has_capital_message: bool,
}

const fn client(name: &'static str) -> FrameworkError {
    FrameworkError {
        name,
        status: 400,
        has_capital_message: false,
    }
}

const fn capital(name: &'static str) -> FrameworkError {
    FrameworkError {
        name,
        status: 400,
        has_capital_message: true,
    }
}

const fn with_status(name: &'static str, status: u16) -> FrameworkError {
    FrameworkError {
        name,
        status,
        has_capital_message: false,
    }
}

/// Source: the JSON protocol's front end. `Message` was seen with `SerializationException`
/// (amplify-js#4738) and is inferred for an unknown operation; credentials faults were seen
/// with `message`. `NotImplementedException` is our own.
pub(super) const FRAMEWORK_ERRORS: [FrameworkError; 10] = [
    client("ExpiredTokenException"),
    client("IncompleteSignatureException"),
    with_status("InternalFailure", 500),
    client("InvalidSignatureException"),
    client("MissingAuthenticationTokenException"),
    with_status("NotImplementedException", 501),
    with_status("RequestEntityTooLargeException", 413),
    capital("SerializationException"),
    capital("UnknownOperationException"),
    client("UnrecognizedClientException"),
];
