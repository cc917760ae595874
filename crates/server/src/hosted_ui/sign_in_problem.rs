//! What the sign-in page says when a sign-in failed.

use http::StatusCode;
use poolhouse_service::ServiceError;

/// A failed sign-in as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SignInProblem {
    /// The status of the page: 200 for an answer that the user can act on, as at the service.
    pub(super) status: StatusCode,
    /// What the page says.
    pub(super) text: String,
    /// Whether name or password are wrong.
    pub(super) is_refused: bool,
}

impl SignInProblem {
    /// Says what the page tells of a failure; `None` for a fault of the server.
    /// Source: the texts of the API's sign-in, which the pages share.
    pub(super) fn of(error: &ServiceError) -> Option<Self> {
        use ServiceError as E;
        let text = match error {
            E::WrongUsernameOrPassword => {
                return Some(Self::refusal("Incorrect username or password."));
            }
            E::UserNotFound => return Some(Self::refusal("User does not exist.")),
            E::Busy => return Some(Self::busy()),
            E::PasswordAttemptsExceeded => "Password attempts exceeded",
            E::UserDisabled => "User is disabled.",
            E::UserNotConfirmed => "User is not confirmed.",
            E::PasswordResetRequired => "Password reset required for the user",
            E::TemporaryPasswordExpired => {
                "Temporary password has expired and must be reset by an administrator."
            }
            E::InvalidInput(text) | E::FeatureNotServed(text) => text,
            _ => return None,
        };
        Some(Self {
            status: StatusCode::OK,
            text: text.to_owned(),
            is_refused: false,
        })
    }

    /// The form came without the token of its browser.
    pub(super) fn not_genuine() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            text: "This page had expired, or your browser blocks cookies. Nothing was sent: \
                   please sign in again."
                .to_owned(),
            is_refused: false,
        }
    }

    fn refusal(text: &str) -> Self {
        Self {
            status: StatusCode::OK,
            text: text.to_owned(),
            is_refused: true,
        }
    }

    fn busy() -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            text: "The server is busy. Please try again in a moment.".to_owned(),
            is_refused: false,
        }
    }
}
