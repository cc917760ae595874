//! Verifies a token, check by check, and says of each what became of it.
//!
//! Source: OpenID Connect Core section 3.1.3.7; RFC 8725; AWS page "Verifying JSON web tokens".

mod binding;
mod report;
mod signature;
mod times;

use poolhouse_model::{Timestamp, Ttl};

pub(crate) use binding::told_use;
pub use report::{Check, Failure, FailureClass, Outcome, Report};

pub(crate) use times::instant as told_instant;

use crate::key_set::KeySet;
use crate::token::SignedToken;

/// What a token is for. It is Cognito's claim `token_use`, which others do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenUse {
    /// Tells an application who signed in.
    Id,
    /// Opens an API.
    Access,
}

impl TokenUse {
    /// As the claim has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Access => "access",
        }
    }
}

/// For whom a token must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipient<'a> {
    /// An app client: `aud` of an ID token, `client_id` of an access token.
    Client(&'a str),
    /// Every client of the issuer.
    AnyClient,
}

/// What a token is held against.
#[derive(Clone, Copy, Debug)]
pub struct Expectations<'a> {
    /// Who must have issued it.
    pub issuer: &'a str,
    /// For whom it must be.
    pub recipient: Recipient<'a>,
    /// What must be one of `aud`, whatever the token.
    pub audience: Option<&'a str>,
    /// What it must be for.
    pub token_use: Option<TokenUse>,
    /// Whether a token without `token_use` is refused where one is expected.
    pub is_token_use_required: bool,
    /// The nonce of the sign-in.
    pub nonce: Option<&'a str>,
    /// The access token that came with an ID token.
    pub access_token: Option<&'a str>,
    /// Whom it must be about.
    pub subject: Option<&'a str>,
    /// The instant that counts.
    pub now: Timestamp,
    /// How far clocks may be apart.
    pub leeway: Ttl,
}

/// Verifies a token.
pub fn verify(token: &SignedToken, keys: &KeySet, expected: &Expectations<'_>) -> Report {
    let mut checks = signature::checks(token, keys);
    checks.extend(binding::checks(token, expected));
    checks.extend(times::checks(token, expected));
    Report { checks }
}

#[cfg(test)]
mod tests;
