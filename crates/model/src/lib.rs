//! The domain of Poolhouse: user pools, app clients, users, ids and policies.
//!
//! Pure and synchronous: nothing here knows SQL, HTTP or wire names of the API.
//! "Now" comes from a [`Clock`], random bytes from an [`Rng`]; both are handed in.

mod ids;
mod rng;
mod secret;
mod time;

pub use ids::{ClientId, OriginJti, Region, Sub, UserPoolId, Username};
pub use rng::{Rng, RngExt};
pub use secret::SecretString;
pub use time::{Clock, Timestamp, Ttl};
