//! Text that must not be printed.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A password, code, token or client secret: `Debug` prints nothing of it, dropping it wipes it.
///
/// It has no `PartialEq`: secrets are compared in constant time by the `crypto` crate.
#[derive(Clone, Default, Zeroize, ZeroizeOnDrop)]
pub struct SecretString(String);

impl SecretString {
    /// Wraps a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// Gives the secret to the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretString(..)")
    }
}

impl From<String> for SecretString {
    fn from(secret: String) -> Self {
        Self(secret)
    }
}

impl From<&str> for SecretString {
    fn from(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_prints_nothing_of_the_secret() {
        assert_eq!(
            format!("{:?}", SecretString::new("hunter2")),
            "SecretString(..)"
        );
    }
}
