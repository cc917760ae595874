//! A relying party as the command line needs one: it finds an issuer, signs in, exchanges,
//! verifies, and says in words what a token holds and what is wrong with an address.
//!
//! It knows OpenID Connect from the outside alone: nothing here knows how Poolhouse issues tokens,
//! so that it works with any provider and judges ours as a stranger would.

pub mod address_advice;
pub mod authorization;
pub mod description;
pub mod discovery;
pub mod instant;
pub mod key_set;
pub mod loopback;
pub mod shown;
pub mod token;
pub mod token_endpoint;
pub mod verification;
pub mod web;
