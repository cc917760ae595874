//! What is demanded of a new password, in words.

use poolhouse_model::PasswordViolation;
use poolhouse_templates::{PasswordDemand, Verdict};

use super::hosted_request::HostedRequest;
use super::page_problem::PageProblem;
use super::typed_input;

/// Lists what the pool demands; `judged` is the password that broke a demand, if one did.
pub(super) fn list(hosted: &HostedRequest<'_>, judged: Option<&str>) -> Vec<PasswordDemand> {
    let pool = &hosted.authorization.pool;
    let policy = &pool.settings.password_policy;
    let demands = hosted.app.service.password_demands(pool);
    let demand = |rule| PasswordDemand {
        text: text(hosted, rule, policy.minimum_length),
        verdict: match judged {
            None => Verdict::Open,
            Some(password) if policy.breaks(rule, password) => Verdict::Unmet,
            Some(_) => Verdict::Met,
        },
    };
    demands.into_iter().map(demand).collect()
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

fn text(hosted: &HostedRequest<'_>, rule: PasswordViolation, minimum_length: usize) -> String {
    let message = match rule {
        PasswordViolation::TooShort => "password-demand-length",
        PasswordViolation::NoUppercase => "password-demand-uppercase",
        PasswordViolation::NoLowercase => "password-demand-lowercase",
        PasswordViolation::NoNumber => "password-demand-number",
        PasswordViolation::NoSymbol => "password-demand-symbol",
        PasswordViolation::Common => "password-demand-uncommon",
        // Not listed: nobody types as much.
        PasswordViolation::TooLong => "problem-password-form",
    };
    let count = minimum_length.to_string();
    hosted.language.text_with(message, &[("count", &count)])
}
