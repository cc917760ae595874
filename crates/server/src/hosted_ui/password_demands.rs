//! What is demanded of a new password, in words.

use poolhouse_model::PasswordViolation;
use poolhouse_templates::{PasswordDemand, Verdict};

use super::hosted_request::HostedRequest;
use super::page_problem::PageProblem;
use super::typed_input;

/// Lists what the pool demands; `unmet` are the messages of those that a password did not meet, if
/// one was refused.
pub(super) fn list(hosted: &HostedRequest<'_>, unmet: Option<&[String]>) -> Vec<PasswordDemand> {
    let pool = &hosted.authorization.pool;
    let count = pool.settings.password_policy.minimum_length.to_string();
    let demands = hosted.app.service.password_demands(pool);
    let demand = |rule| PasswordDemand {
        text: hosted
            .language
            .text_with(message(rule), &[("count", &count)]),
        verdict: match unmet {
            None => Verdict::Open,
            Some(unmet) if unmet.iter().any(|name| name == message(rule)) => Verdict::Unmet,
            Some(_) => Verdict::Met,
        },
    };
    demands.into_iter().map(demand).collect()
}

/// The messages of the demands that a password does not meet.
pub(super) fn unmet(hosted: &HostedRequest<'_>, password: &str) -> Vec<String> {
    let pool = &hosted.authorization.pool;
    let policy = &pool.settings.password_policy;
    let demands = hosted.app.service.password_demands(pool).into_iter();
    let unmet = demands.filter(|rule| policy.breaks(*rule, password));
    unmet.map(|rule| message(rule).to_owned()).collect()
}

/// Refuses a password that the API would not read.
/// # Errors
/// What the page says: which demands are not met, if that is so.
pub(super) fn check_form(hosted: &HostedRequest<'_>, password: &str) -> Result<(), PageProblem> {
    if typed_input::is_password(password) {
        return Ok(());
    }
    let policy = &hosted.authorization.pool.settings.password_policy;
    Err(match policy.check(password) {
        Ok(()) => PageProblem::password_form(),
        Err(_) => PageProblem::password_demands(),
    })
}

/// The message that tells a demand.
const fn message(rule: PasswordViolation) -> &'static str {
    match rule {
        PasswordViolation::TooShort => "password-demand-length",
        PasswordViolation::NoUppercase => "password-demand-uppercase",
        PasswordViolation::NoLowercase => "password-demand-lowercase",
        PasswordViolation::NoNumber => "password-demand-number",
        PasswordViolation::NoSymbol => "password-demand-symbol",
        PasswordViolation::Common => "password-demand-uncommon",
        // Not listed: nobody types as much.
        PasswordViolation::TooLong => "problem-password-form",
    }
}
