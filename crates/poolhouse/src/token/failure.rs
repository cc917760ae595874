//! Why a command ends without success, and the exit code that says so.

use std::process::ExitCode;

use poolhouse_relying_party::authorization::{AnswerError, BeginError};
use poolhouse_relying_party::discovery::DiscoveryError;
use poolhouse_relying_party::loopback::LoopbackError;
use poolhouse_relying_party::token::TokenError;
use poolhouse_relying_party::token_endpoint::EndpointError;
use poolhouse_relying_party::verification::{Failure as CheckFailure, FailureClass, Report};
use poolhouse_relying_party::web::WebError;

/// Exit codes; the help of the command explains them.
const UNABLE: u8 = 1;
const UNREADABLE: u8 = 3;
const FORGED: u8 = 4;
const ANOTHERS: u8 = 5;
const OUT_OF_TIME: u8 = 6;
const REFUSED: u8 = 7;
const NO_ANSWER: u8 = 8;

/// What a command ends with.
pub(crate) type Outcome = Result<(), Failure>;

/// Why a command ends without success.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    error: anyhow::Error,
    advice: Option<String>,
}

impl Failure {
    fn new(code: u8, error: impl Into<anyhow::Error>) -> Self {
        Self {
            code,
            error: error.into(),
            advice: None,
        }
    }

    /// Says what to do about it, in a paragraph of its own.
    pub(crate) fn with_advice(self, text: String) -> Self {
        let advice = Some(text);
        Self { advice, ..self }
    }

    /// The server refuses.
    pub(crate) fn refused(error: anyhow::Error) -> Self {
        Self::new(REFUSED, error)
    }

    /// What went wrong, without its exit code.
    pub(crate) fn into_error(self) -> anyhow::Error {
        self.error
    }

    /// Says more before what went wrong.
    pub(crate) fn context(self, text: impl Into<String>) -> Self {
        let error = self.error.context(text.into());
        Self { error, ..self }
    }

    /// A token that does not hold.
    pub(crate) fn of_report(what: &str, report: &Report) -> Outcome {
        let Some(worst) = report.worst() else {
            return Ok(());
        };
        let names: Vec<&str> = report.failures().map(CheckFailure::name).collect();
        let code = match worst {
            FailureClass::Signature => FORGED,
            FailureClass::Binding => ANOTHERS,
            FailureClass::Time => OUT_OF_TIME,
        };
        let error = anyhow::anyhow!("the {what} is not good: {}", names.join(", "));
        Err(Self::new(code, error))
    }
}

/// What the issuer tells must be of the user who signed in.
/// Source: OpenID Connect Core section 5.3.2.
pub(super) fn hold_subject(is_same: bool) -> Outcome {
    if is_same {
        return Ok(());
    }
    let error =
        anyhow::anyhow!("subject_mismatch: the issuer tells of another user than the ID token");
    Err(Failure::new(ANOTHERS, error))
}

/// Ends the command: says what went wrong, and gives the exit code.
pub(super) fn end(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure {
            code,
            error,
            advice,
        }) => {
            eprintln!("poolhouse: {error:#}");
            if let Some(advice) = advice {
                eprintln!("\n{advice}");
            }
            ExitCode::from(code)
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::new(UNABLE, error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl From<WebError> for Failure {
    fn from(error: WebError) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Self {
        let error = anyhow::Error::from(error);
        Self::new(
            UNREADABLE,
            error.context("this is no token that can be read"),
        )
    }
}

impl From<DiscoveryError> for Failure {
    fn from(error: DiscoveryError) -> Self {
        let code = match error {
            DiscoveryError::OtherIssuer { .. } => ANOTHERS,
            _ => UNABLE,
        };
        Self::new(code, error)
    }
}

impl From<BeginError> for Failure {
    fn from(error: BeginError) -> Self {
        match error {
            BeginError::Discovery(error) => error.into(),
            BeginError::Reserved(_) => anyhow::Error::from(error).into(),
        }
    }
}

impl From<EndpointError> for Failure {
    fn from(error: EndpointError) -> Self {
        match error {
            EndpointError::Discovery(error) => error.into(),
            EndpointError::Refused { .. } => Self::refused(error.into()),
            other => anyhow::Error::from(other).into(),
        }
    }
}

impl From<AnswerError> for Failure {
    fn from(error: AnswerError) -> Self {
        let code = match error {
            AnswerError::Refused(_) => REFUSED,
            AnswerError::IssuerMismatch(_) | AnswerError::IssuerMissing => ANOTHERS,
            _ => NO_ANSWER,
        };
        Self::new(code, error)
    }
}

impl From<LoopbackError> for Failure {
    fn from(error: LoopbackError) -> Self {
        match error {
            LoopbackError::Answer(error) => error.into(),
            LoopbackError::TimedOut => Self::new(NO_ANSWER, error),
            LoopbackError::Port { .. } => anyhow::Error::from(error).into(),
        }
    }
}
