//! What became of each check.

/// A check and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// What became of it.
    pub outcome: Outcome,
    /// In words; fit to be shown.
    pub detail: String,
}

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Held,
    /// It does not hold.
    Failed(Failure),
    /// It was not asked for, or there is nothing to check.
    Skipped,
}

/// Why a check does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The token is not signed at all.
    AlgNone,
    /// The algorithm uses a shared secret, as which an attacker would use the public key.
    AlgSymmetric,
    /// The algorithm is none that is known here.
    AlgUnknown,
    /// The header demands something that is not understood (`crit`).
    CriticalHeader,
    /// The issuer has no key of the token's id.
    KeyUnknown,
    /// The key is for something else, too short, or malformed.
    KeyUnusable,
    /// The signature is not that of the key.
    SignatureMismatch,
    /// Another issuer's token, or nobody's.
    IssuerMismatch,
    /// `aud` does not name the recipient.
    AudienceMismatch,
    /// Another client's token.
    ClientMismatch,
    /// An ID token in place of an access token, or the reverse.
    TokenUseMismatch,
    /// It belongs to another sign-in.
    NonceMismatch,
    /// The access token beside it is not the one it was issued with.
    AtHashMismatch,
    /// It is about somebody else.
    SubjectMismatch,
    /// Its time is over.
    Expired,
    /// It says not, or not as a number, when its time is over.
    ExpiryMissing,
    /// Its time has not come yet.
    NotYetValid,
    /// It says that it is issued later than now.
    IssuedInFuture,
}

/// Failures of the same weight; a worse one comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureClass {
    /// Nothing that the token says can be believed.
    Signature,
    /// The token is genuine, but not for this.
    Binding,
    /// The token was or will be good.
    Time,
}

impl Failure {
    /// A name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::AlgNone => "alg_none",
            Self::AlgSymmetric => "alg_symmetric",
            Self::AlgUnknown => "alg_unknown",
            Self::CriticalHeader => "critical_header",
            Self::KeyUnknown => "key_unknown",
            Self::KeyUnusable => "key_unusable",
            Self::SignatureMismatch => "signature_mismatch",
            Self::IssuerMismatch => "issuer_mismatch",
            Self::AudienceMismatch => "audience_mismatch",
            Self::ClientMismatch => "client_mismatch",
            Self::TokenUseMismatch => "token_use_mismatch",
            Self::NonceMismatch => "nonce_mismatch",
            Self::AtHashMismatch => "at_hash_mismatch",
            Self::SubjectMismatch => "subject_mismatch",
            Self::Expired => "expired",
            Self::ExpiryMissing => "expiry_missing",
            Self::NotYetValid => "not_yet_valid",
            Self::IssuedInFuture => "issued_in_future",
        }
    }

    /// How grave it is.
    pub fn class(self) -> FailureClass {
        match self {
            Self::AlgNone
            | Self::AlgSymmetric
            | Self::AlgUnknown
            | Self::CriticalHeader
            | Self::KeyUnknown
            | Self::KeyUnusable
            | Self::SignatureMismatch => FailureClass::Signature,
            Self::IssuerMismatch
            | Self::AudienceMismatch
            | Self::ClientMismatch
            | Self::TokenUseMismatch
            | Self::NonceMismatch
            | Self::AtHashMismatch
            | Self::SubjectMismatch => FailureClass::Binding,
            Self::Expired | Self::ExpiryMissing | Self::NotYetValid | Self::IssuedInFuture => {
                FailureClass::Time
            }
        }
    }
}

/// What became of every check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// In the order in which they were made.
    pub checks: Vec<Check>,
}

impl Report {
    /// The failures, in order.
    pub fn failures(&self) -> impl Iterator<Item = Failure> {
        self.checks.iter().filter_map(|check| match check.outcome {
            Outcome::Failed(failure) => Some(failure),
            Outcome::Held | Outcome::Skipped => None,
        })
    }

    /// The gravest class among the failures; `None` when the token is good.
    pub fn worst(&self) -> Option<FailureClass> {
        self.failures().map(Failure::class).min()
    }
}

pub(super) fn held(name: &'static str, detail: impl Into<String>) -> Check {
    made(name, Outcome::Held, detail)
}

pub(super) fn failed(name: &'static str, failure: Failure, detail: impl Into<String>) -> Check {
    made(name, Outcome::Failed(failure), detail)
}

pub(super) fn skipped(name: &'static str, detail: impl Into<String>) -> Check {
    made(name, Outcome::Skipped, detail)
}

fn made(name: &'static str, outcome: Outcome, detail: impl Into<String>) -> Check {
    Check {
        name,
        outcome,
        detail: detail.into(),
    }
}
