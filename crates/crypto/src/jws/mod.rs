//! JSON Web Signatures in compact form, RS256 only.
//!
//! Source: RFC 7515 for the form, RFC 7518 section 3.3 for RS256.

#[cfg(test)]
mod attacks;
mod key;
mod numeric_date;
mod verify;

pub use key::{KeyError, SigningKey, VerifyingKey};
pub use numeric_date::NumericDate;
pub use verify::{JwsError, MAX_TOKEN_BYTES, UncheckedJws, verify};
