//! Password hashing, SRP, one-time passwords, token signing and checking, JWKS, secret hash and
//! sealing at rest.
//!
//! RSA, AEAD, HMAC, HKDF and the system generator come from aws-lc-rs, Argon2 from `argon2`, the
//! big numbers of SRP from `crypto-bigint`. Nothing here knows the rules of a pool or HTTP.

pub mod constant_time;
pub mod hash;
pub mod jwks;
pub mod jws;
pub mod key_stock;
pub mod password;
pub mod refresh_token;
pub mod sealing;
pub mod secret_hash;
pub mod srp;
pub mod system_rng;
pub mod totp;

#[cfg(test)]
mod comparison_check;
#[cfg(test)]
mod seeded_rng;

pub use system_rng::SystemRng;
