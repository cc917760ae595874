//! What the pages say when a sign-in failed.

use http::StatusCode;
use poolhouse_service::ServiceError;

use crate::aws_json::sign_in_text;

/// A failed sign-in as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SignInProblem {
    /// The status of the page: 200 for an answer that the user can act on, as at the service.
    pub(super) status: StatusCode,
    /// What the page says.
    pub(super) text: String,
    /// Whether what was typed is wrong.
    pub(super) is_refused: bool,
}

impl SignInProblem {
    /// Says what the page tells of a failure; `None` for a fault of the server.
    pub(super) fn of(error: &ServiceError) -> Option<Self> {
        use ServiceError as Fact;
        match error {
            Fact::WrongUsernameOrPassword
            | Fact::UserNotFound
            | Fact::SoftwareTokenCodeMismatch
            | Fact::SoftwareTokenCodeUsed => Some(Self::told(error, true)),
            Fact::ChallengeSessionInvalid
            | Fact::ChallengeSessionExpired
            | Fact::ChallengeSessionUsed => Some(Self::over()),
            Fact::PasswordAttemptsExceeded
            | Fact::SecondFactorAttemptsExceeded
            | Fact::SoftwareTokenNotSetUp
            | Fact::UserDisabled
            | Fact::UserNotConfirmed
            | Fact::TemporaryPasswordExpired
            | Fact::InvalidInput(_)
            | Fact::FeatureNotServed(_) => Some(Self::told(error, false)),
            Fact::PasswordResetRequired => Some(Self::reset_required()),
            Fact::Busy => Some(Self::busy()),
            _ => None,
        }
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

    /// The second factor came too late or too often.
    fn over() -> Self {
        Self {
            status: StatusCode::OK,
            text: "Your sign-in took too long or had too many wrong codes. Please sign in again."
                .to_owned(),
            is_refused: false,
        }
    }

    fn told(error: &ServiceError, is_refused: bool) -> Self {
        Self {
            status: StatusCode::OK,
            text: sign_in_text(error),
            is_refused,
        }
    }

    /// The service leads to its page for forgotten passwords here; there is none yet.
    fn reset_required() -> Self {
        Self {
            status: StatusCode::OK,
            text: "Your password must be reset before you can sign in. Use the code that you were \
                   sent in the application, or ask for one there."
                .to_owned(),
            is_refused: false,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_wrong_name_or_password_marks_the_fields() {
        for (error, text, is_refused) in [
            (
                ServiceError::WrongUsernameOrPassword,
                "Incorrect username or password.",
                true,
            ),
            (ServiceError::UserNotFound, "User does not exist.", true),
            (
                ServiceError::PasswordAttemptsExceeded,
                "Password attempts exceeded",
                false,
            ),
            (
                ServiceError::UserNotConfirmed,
                "User is not confirmed.",
                false,
            ),
        ] {
            let problem = SignInProblem::of(&error).unwrap();
            assert_eq!(
                (problem.text.as_str(), problem.is_refused),
                (text, is_refused)
            );
            assert_eq!(problem.status, StatusCode::OK);
        }
    }

    #[test]
    fn a_busy_server_asks_to_try_again() {
        let problem = SignInProblem::of(&ServiceError::Busy).unwrap();
        assert_eq!(problem.status, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[test]
    fn faults_of_the_server_are_not_told_on_the_page() {
        let fault = ServiceError::Internal("secret".to_owned());
        assert_eq!(SignInProblem::of(&fault), None);
    }
}
