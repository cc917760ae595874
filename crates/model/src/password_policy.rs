//! What a pool demands of a password.

use serde::{Deserialize, Serialize};

use crate::common_passwords::is_common_password;
use crate::time::Ttl;

/// The longest password in bytes; nothing is cut off, a longer one is refused.
pub const MAX_PASSWORD_BYTES: usize = 256;

/// Symbols that count as such.
/// Source: AWS page "Adding user pool password requirements".
const SYMBOLS: &str = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-";

/// Rules for passwords of a pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four demands that are set one by one"
)]
pub struct PasswordPolicy {
    /// Least length in characters, 6 to 99.
    pub minimum_length: usize,
    /// Needs `A` to `Z`.
    pub requires_uppercase: bool,
    /// Needs `a` to `z`.
    pub requires_lowercase: bool,
    /// Needs `0` to `9`.
    pub requires_numbers: bool,
    /// Needs one of the symbols, or a blank that is neither first nor last.
    pub requires_symbols: bool,
    /// How many passwords, the current one among them, may not come again, 0 to 24.
    pub history_size: usize,
    /// Days that a temporary password works, 0 to 365; 0 stands for 7.
    pub temporary_password_validity_days: i64,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            minimum_length: 8,
            requires_uppercase: true,
            requires_lowercase: true,
            requires_numbers: true,
            requires_symbols: true,
            history_size: 0,
            temporary_password_validity_days: 7,
        }
    }
}

/// The first rule a password breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordViolation {
    /// Below the least length.
    TooShort,
    /// Above [`MAX_PASSWORD_BYTES`].
    TooLong,
    /// No upper-case letter.
    NoUppercase,
    /// No lower-case letter.
    NoLowercase,
    /// No digit.
    NoNumber,
    /// No symbol.
    NoSymbol,
    /// On the list of common passwords, where the operator wants it obeyed.
    Common,
}

impl PasswordPolicy {
    /// Checks a password; length first, as reports of the service's answers show.
    /// # Errors
    /// The first [`PasswordViolation`].
    pub fn check(&self, password: &str) -> Result<(), PasswordViolation> {
        if self.breaks(PasswordViolation::TooLong, password) {
            return Err(PasswordViolation::TooLong);
        }
        let broken = self
            .demands()
            .into_iter()
            .find(|demand| self.breaks(*demand, password));
        broken.map_or(Ok(()), Err)
    }

    /// Lists what the policy demands, in the order in which it is checked.
    pub fn demands(&self) -> Vec<PasswordViolation> {
        [
            (true, PasswordViolation::TooShort),
            (self.requires_uppercase, PasswordViolation::NoUppercase),
            (self.requires_lowercase, PasswordViolation::NoLowercase),
            (self.requires_numbers, PasswordViolation::NoNumber),
            (self.requires_symbols, PasswordViolation::NoSymbol),
        ]
        .into_iter()
        .filter_map(|(is_demanded, demand)| is_demanded.then_some(demand))
        .collect()
    }

    /// Whether a password breaks a rule, be it one that the policy demands or not.
    pub fn breaks(&self, rule: PasswordViolation, password: &str) -> bool {
        let has = |wanted: fn(char) -> bool| password.chars().any(wanted);
        match rule {
            PasswordViolation::TooLong => password.len() > MAX_PASSWORD_BYTES,
            PasswordViolation::TooShort => password.chars().count() < self.minimum_length,
            PasswordViolation::NoUppercase => !has(|c| c.is_ascii_uppercase()),
            PasswordViolation::NoLowercase => !has(|c| c.is_ascii_lowercase()),
            PasswordViolation::NoNumber => !has(|c| c.is_ascii_digit()),
            PasswordViolation::NoSymbol => {
                !has(|c| SYMBOLS.contains(c)) && !password.trim().contains(' ')
            }
            PasswordViolation::Common => is_common_password(password),
        }
    }

    /// How long a temporary password works.
    pub fn temporary_password_ttl(&self) -> Ttl {
        match self.temporary_password_validity_days {
            0 => Ttl::from_days(7),
            days => Ttl::from_days(days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s39_each_rule_of_the_default_policy_is_enforced() {
        let policy = PasswordPolicy::default();
        for (password, verdict) in [
            ("Passw0rd!", Ok(())),
            ("Pass w0rd", Ok(())),
            ("Pw0!", Err(PasswordViolation::TooShort)),
            ("passw0rd!", Err(PasswordViolation::NoUppercase)),
            ("PASSW0RD!", Err(PasswordViolation::NoLowercase)),
            ("Password!", Err(PasswordViolation::NoNumber)),
            ("Passw0rdd", Err(PasswordViolation::NoSymbol)),
            (" Passw0rd", Err(PasswordViolation::NoSymbol)),
        ] {
            assert_eq!(policy.check(password), verdict, "{password}");
        }
    }

    #[test]
    fn s38_a_password_of_257_bytes_is_refused_and_one_of_256_is_not() {
        let policy = PasswordPolicy::default();
        let long = format!("Aa1!{}", "x".repeat(252));
        assert_eq!(policy.check(&long), Ok(()));
        assert_eq!(
            policy.check(&format!("{long}x")),
            Err(PasswordViolation::TooLong)
        );
    }
}
