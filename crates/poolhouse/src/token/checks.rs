//! The checks of a token, as they are shown; and those of tokens that were just issued.

use poolhouse_model::{Clock as _, SecretString, Ttl};
use poolhouse_relying_party::key_set::KeySet;
use poolhouse_relying_party::token::{SignedToken, Token};
use poolhouse_relying_party::token_endpoint::Tokens;
use poolhouse_relying_party::verification::{
    Expectations, Outcome as CheckOutcome, Recipient, Report, TokenUse, verify,
};
use serde_json::{Value, json};

use super::issuer_args::Found;
use super::{Failure, Outcome};
use crate::system_clock::SystemClock;

/// How far clocks may be apart, in seconds, unless told otherwise.
pub(crate) const LEEWAY_SECS: u32 = 30;

/// What tokens that were just issued must match.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Issued<'a> {
    /// The nonce of the sign-in.
    pub(crate) nonce: Option<&'a str>,
    /// Whom an earlier ID token was about.
    pub(crate) subject: Option<&'a str>,
    /// Whether there must be an ID token.
    pub(crate) is_id_token_due: bool,
}

/// Verifies tokens before they are shown or kept. An access token that only the issuer can read is
/// left to it.
/// # Errors
/// When one does not hold; the checks are written to standard error then.
pub(crate) fn verify_issued(
    found: &Found,
    client_id: &str,
    tokens: &Tokens,
    issued: Issued<'_>,
) -> Outcome {
    let mut keys = None;
    match &tokens.id_token {
        Some(id_token) => {
            let token = signed(id_token)?;
            let expected = Expectations {
                token_use: Some(TokenUse::Id),
                nonce: issued.nonce,
                subject: issued.subject,
                access_token: Some(tokens.access_token.expose()),
                ..expectations(found, client_id)
            };
            let keys = keys.insert(found.provider.keys(&found.web)?);
            hold("ID token", &verify(&token, keys, &expected))?;
        }
        None if issued.is_id_token_due => {
            let error = anyhow::anyhow!(
                "id_token_missing: the server gave no ID token, though openid was asked for"
            );
            return Err(error.into());
        }
        None => {}
    }
    let Ok(token) = signed(&tokens.access_token) else {
        return Ok(());
    };
    if token.text("iss") != Some(&found.provider.issuer) {
        return Ok(());
    }
    let keys: KeySet = match keys {
        Some(keys) => keys,
        None => found.provider.keys(&found.web)?,
    };
    let expected = Expectations {
        token_use: Some(TokenUse::Access),
        ..expectations(found, client_id)
    };
    hold("access token", &verify(&token, &keys, &expected))
}

fn expectations<'a>(found: &'a Found, client_id: &'a str) -> Expectations<'a> {
    Expectations {
        issuer: &found.provider.issuer,
        recipient: Recipient::Client(client_id),
        audience: None,
        token_use: None,
        is_token_use_required: false,
        nonce: None,
        access_token: None,
        subject: None,
        now: SystemClock.now(),
        leeway: Ttl::from_secs(LEEWAY_SECS.into()),
    }
}

fn hold(what: &str, report: &Report) -> Outcome {
    if report.worst().is_some() {
        for line in report_lines(report) {
            eprintln!("{line}");
        }
    }
    Failure::of_report(what, report)
}

/// Reads a token that can be verified.
/// # Errors
/// When it cannot.
pub(crate) fn signed(token: &SecretString) -> Result<SignedToken, Failure> {
    match Token::read(token.expose())? {
        Token::Signed(token) => Ok(token),
        Token::Encrypted { .. } => Err(anyhow::anyhow!(
            "it is encrypted, so that only who issued it can read it (Cognito's refresh tokens are)"
        )
        .into()),
    }
}

/// A line for each check.
pub(crate) fn report_lines(report: &Report) -> impl Iterator<Item = String> {
    report.checks.iter().map(|check| {
        let (mark, failure) = match check.outcome {
            CheckOutcome::Held => ("holds ", String::new()),
            CheckOutcome::Failed(failure) => ("FAILS ", format!(" [{}]", failure.name())),
            CheckOutcome::Skipped => ("-     ", String::new()),
        };
        format!("{mark} {:<11} {}{failure}", check.name, check.detail)
    })
}

/// The checks for programs.
pub(crate) fn report_json(report: &Report) -> Value {
    let checks = report.checks.iter().map(|check| {
        let (outcome, failure) = match check.outcome {
            CheckOutcome::Held => ("held", None),
            CheckOutcome::Failed(failure) => ("failed", Some(failure.name())),
            CheckOutcome::Skipped => ("skipped", None),
        };
        json!({"check": check.name, "outcome": outcome, "failure": failure, "detail": check.detail})
    });
    Value::Array(checks.collect())
}
