//! What the pages say when something was refused.

use std::borrow::Cow;

use http::StatusCode;
use poolhouse_service::ServiceError;
use poolhouse_templates::{Language, Problem};
use serde::{Deserialize, Serialize};

use crate::aws_json::sign_in_text;

/// A refusal as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PageProblem {
    /// The status of the page: 200 for an answer that the user can act on, as at the service.
    /// Another is answered at once, and so never written down.
    #[serde(skip)]
    pub(crate) status: StatusCode,
    words: Words,
    is_refused: bool,
    field: Option<String>,
}

const OVER: &str = "problem-over";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Words {
    /// A message that every language has.
    Message(Cow<'static, str>),
    /// A message with a variable: what these attributes are called.
    Attributes(Cow<'static, str>, Cow<'static, str>, Vec<String>),
    /// A text that is English in every language: it holds what only this failure knows.
    Text(String),
}

impl PageProblem {
    /// Says what the page tells of a failure; `None` for a fault of the server.
    pub(crate) fn of(error: &ServiceError) -> Option<Self> {
        use ServiceError as Fact;
        let problem = match error {
            Fact::WrongUsernameOrPassword => Self::refused("problem-wrong-username-or-password"),
            Fact::UserNotFound => Self::refused("problem-user-does-not-exist"),
            Fact::SoftwareTokenCodeMismatch => Self::refused("problem-wrong-software-token-code"),
            Fact::SoftwareTokenCodeUsed => Self::refused("problem-used-software-token-code"),
            Fact::SoftwareTokenSetUpFailed => Self::refused("problem-software-token-set-up"),
            Fact::ChallengeSessionInvalid
            | Fact::ChallengeSessionExpired
            | Fact::ChallengeSessionUsed => Self::over(),
            Fact::PasswordAttemptsExceeded => Self::setback("problem-password-attempts-exceeded"),
            Fact::SecondFactorAttemptsExceeded => {
                Self::setback("problem-second-factor-attempts-exceeded")
            }
            Fact::UserDisabled => Self::setback("problem-user-disabled"),
            Fact::UserNotConfirmed => Self::setback("problem-user-not-confirmed"),
            Fact::SignUpNotPermitted => Self::setback("problem-sign-up-not-permitted"),
            Fact::UsernameExists => Self::refused("problem-username-exists").at("username"),
            Fact::PasswordPolicyViolated(_) => Self::password_demands(),
            Fact::PasswordReused => Self::refused("problem-password-reused").at("password"),
            Fact::AttributesRequired(names) | Fact::RequiredAttributesMissing(names) => {
                let field = names.first().cloned().unwrap_or_default();
                Self::about("problem-attributes-required", "fields", names.clone()).at(&field)
            }
            Fact::AttributeInvalid { name, .. } => {
                Self::about("problem-attribute-invalid", "field", vec![name.clone()]).at(name)
            }
            Fact::EmailInvalid => Self::refused("problem-email-invalid").at("email"),
            Fact::PhoneNumberInvalid => {
                Self::refused("problem-phone-number-invalid").at("phone_number")
            }
            Fact::CodeMismatch => Self::refused("problem-code-mismatch").at("code"),
            Fact::CodeExpired => Self::refused("problem-code-expired").at("code"),
            Fact::AttemptLimitExceeded => Self::setback("problem-attempt-limit-exceeded"),
            Fact::UserAlreadyConfirmed | Fact::UserNotConfirmable(_) => {
                Self::setback("problem-already-confirmed")
            }
            Fact::UsernameClientCombinationNotFound => {
                Self::refused("problem-no-such-user").at("username")
            }
            Fact::AliasExists { .. } => Self::setback("problem-address-taken"),
            Fact::PasswordResetByAdministratorOnly => {
                Self::setback("problem-reset-by-administrator")
            }
            // Source: AWS page "Troubleshooting", user pools.
            Fact::PasswordNotResettable | Fact::PasswordResetUnreachable => {
                Self::setback("problem-reset-failed")
            }
            Fact::PasswordResetRequired => Self::setback("problem-reset-required"),
            Fact::SoftwareTokenNotSetUp => Self::setback("problem-no-software-token"),
            Fact::TemporaryPasswordExpired => Self::setback("problem-temporary-password-expired"),
            Fact::AttributeNotWritable => Self::setback("problem-attribute-not-writable"),
            Fact::ChannelNotConfigured(_) | Fact::InvalidInput(_) | Fact::FeatureNotServed(_) => {
                Self {
                    words: Words::Text(sign_in_text(error)),
                    ..Self::setback("")
                }
            }
            Fact::Busy => Self {
                status: StatusCode::SERVICE_UNAVAILABLE,
                ..Self::setback("problem-busy")
            },
            _ => return None,
        };
        Some(problem)
    }

    /// Whether it is answered with a status of its own, and so at once.
    pub(super) fn has_status(&self) -> bool {
        self.status != StatusCode::OK
    }

    /// What was under way on a page has ended.
    pub(super) fn over() -> Self {
        Self::setback(OVER)
    }

    /// Whether it is that: a browser that is signed in meanwhile does not need to know.
    pub(super) fn is_over(&self) -> bool {
        self.words == Words::Message(OVER.into())
    }

    /// The form came without the token of its browser.
    pub(crate) fn not_genuine() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            ..Self::setback("problem-not-genuine")
        }
    }

    /// The form came without any cookie.
    pub(crate) fn cookies_missing() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            ..Self::setback("problem-cookies-missing")
        }
    }

    /// The page was to know whose code it takes, and does not any more.
    pub(crate) fn username_missing() -> Self {
        Self::setback("problem-username-missing").at("username")
    }

    /// The name is none.
    pub(crate) fn username_form() -> Self {
        Self::refused("problem-username-form").at("username")
    }

    /// The password is none, whatever the pool demands of one.
    pub(crate) fn password_form() -> Self {
        Self::refused("problem-password-form").at("password")
    }

    /// The password does not meet what the pool demands.
    pub(crate) fn password_demands() -> Self {
        Self::refused("problem-password-demands").at("password")
    }

    /// The password and its repetition differ.
    pub(crate) fn passwords_differ() -> Self {
        Self::refused("problem-passwords-differ").at("confirm_password")
    }

    /// What was typed is wrong.
    pub(crate) fn refused(message: &'static str) -> Self {
        Self {
            is_refused: true,
            ..Self::setback(message)
        }
    }

    /// Something else is in the way.
    pub(crate) fn setback(message: &'static str) -> Self {
        Self {
            status: StatusCode::OK,
            words: Words::Message(message.into()),
            is_refused: false,
            field: None,
        }
    }

    /// What was typed for attributes is wrong.
    fn about(message: &'static str, variable: &'static str, attributes: Vec<String>) -> Self {
        Self {
            words: Words::Attributes(message.into(), variable.into(), attributes),
            ..Self::refused(message)
        }
    }

    /// Says which field it is about.
    pub(super) fn at(self, field: &str) -> Self {
        Self {
            field: Some(field.to_owned()),
            ..self
        }
    }

    /// The field it is about.
    pub(super) fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The problem in words.
    pub(crate) fn tell(self, language: Language) -> Problem {
        let is_english = matches!(self.words, Words::Text(_));
        let text = match self.words {
            Words::Message(message) => language.text(&message),
            Words::Attributes(message, variable, attributes) => {
                let labels = attributes.iter();
                let labels: Vec<_> = labels.map(|name| language.attribute_label(name)).collect();
                language.text_with(&message, &[(&variable, &labels.join(", "))])
            }
            Words::Text(text) => text,
        };
        Problem {
            text,
            language: if is_english {
                Language::English
            } else {
                language
            },
            is_refused: self.is_refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Facts of sign-ins that the pages tell in the API's own words.
    const SAID_ALIKE: [(ServiceError, bool); 22] = [
        (ServiceError::SoftwareTokenNotSetUp, false),
        (ServiceError::TemporaryPasswordExpired, false),
        (ServiceError::AttributeNotWritable, false),
        (ServiceError::SignUpNotPermitted, false),
        (ServiceError::UsernameExists, true),
        (ServiceError::PasswordReused, true),
        (ServiceError::EmailInvalid, true),
        (ServiceError::PhoneNumberInvalid, true),
        (ServiceError::CodeMismatch, true),
        (ServiceError::CodeExpired, true),
        (ServiceError::AttemptLimitExceeded, false),
        (ServiceError::UserAlreadyConfirmed, false),
        (ServiceError::UsernameClientCombinationNotFound, true),
        (ServiceError::PasswordResetByAdministratorOnly, false),
        (ServiceError::WrongUsernameOrPassword, true),
        (ServiceError::UserNotFound, true),
        (ServiceError::SoftwareTokenCodeMismatch, true),
        (ServiceError::SoftwareTokenCodeUsed, true),
        (ServiceError::PasswordAttemptsExceeded, false),
        (ServiceError::SecondFactorAttemptsExceeded, false),
        (ServiceError::UserDisabled, false),
        (ServiceError::UserNotConfirmed, false),
    ];

    #[test]
    fn in_english_the_pages_say_what_the_api_says() {
        for (error, is_refused) in SAID_ALIKE {
            let problem = PageProblem::of(&error).unwrap();
            assert_eq!(problem.status, StatusCode::OK);
            let told = problem.tell(Language::English);
            assert_eq!(told.text, sign_in_text(&error), "{error:?}");
            assert_eq!(told.is_refused, is_refused, "{error:?}");
        }
    }

    #[test]
    fn what_is_said_in_english_alone_is_marked_as_english() {
        let german = |error| PageProblem::of(&error).unwrap().tell(Language::German);
        let setting = german(ServiceError::FeatureNotServed("a setting".to_owned()));
        assert_eq!(setting.language, Language::English);
        assert_eq!(german(ServiceError::Busy).language, Language::German);
    }

    #[test]
    fn what_the_next_page_tells_is_what_this_one_would_have_told() {
        let missing = ServiceError::AttributesRequired(vec!["email".to_owned()]);
        for problem in [
            PageProblem::over(),
            PageProblem::password_demands(),
            PageProblem::of(&missing).unwrap(),
            PageProblem::of(&ServiceError::InvalidInput("a text".to_owned())).unwrap(),
        ] {
            assert!(!problem.has_status());
            let written = serde_json::to_string(&problem).unwrap();
            let read: PageProblem = serde_json::from_str(&written).unwrap();
            assert_eq!(read, problem);
        }
    }

    #[test]
    fn what_has_a_status_of_its_own_is_told_at_once() {
        for problem in [
            PageProblem::not_genuine(),
            PageProblem::cookies_missing(),
            PageProblem::of(&ServiceError::Busy).unwrap(),
        ] {
            assert!(problem.has_status(), "{problem:?}");
        }
    }

    #[test]
    fn a_busy_server_asks_to_try_again() {
        let problem = PageProblem::of(&ServiceError::Busy).unwrap();
        assert_eq!(problem.status, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[test]
    fn faults_of_the_server_are_not_told_on_the_page() {
        let fault = ServiceError::Internal("secret".to_owned());
        assert_eq!(PageProblem::of(&fault), None);
    }

    #[test]
    fn every_message_of_a_problem_exists() {
        let text = |problem: PageProblem| problem.tell(Language::English).text;
        assert!(text(PageProblem::not_genuine()).contains("expired"));
        assert!(text(PageProblem::cookies_missing()).contains("cookies"));
        for error in [
            ServiceError::ChallengeSessionExpired,
            ServiceError::PasswordResetRequired,
            ServiceError::Busy,
        ] {
            let told = text(PageProblem::of(&error).unwrap());
            assert!(!told.starts_with("problem-"), "{told}");
        }
    }
}
