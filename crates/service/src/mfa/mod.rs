//! Second factors: what a pool allows, what a user sets up, and the proof at a sign-in.

mod admin_delete_software_token;
mod associate_software_token;
mod auth_factors;
mod changes;
mod due_factor;
mod otpauth;
mod pool_mfa_config;
mod preferences;
mod seeds;
mod software_token_proof;
mod verify_software_token;

pub use associate_software_token::{AssociateSoftwareToken, AssociatedSoftwareToken};
pub use auth_factors::{AuthFactors, FirstFactor};
pub(crate) use due_factor::DueFactor;
pub(crate) use otpauth::otpauth_uri;
pub use pool_mfa_config::{SetUserPoolMfaConfig, SmsMfa};
pub use preferences::{FactorSetting, MfaPreference};
pub(crate) use seeds::open_pending as open_pending_seed;
pub(crate) use verify_software_token::NewSoftwareToken;
pub use verify_software_token::VerifySoftwareToken;

use poolhouse_model::SecretString;

/// What stands for the user in a call that sets a factor up: they are signed in, or on the way
/// there.
#[derive(Clone, Debug)]
pub enum FactorOwner {
    /// The access token of a user who is signed in.
    AccessToken(SecretString),
    /// The session of a sign-in that waits for a factor to be set up.
    ChallengeSession(SecretString),
}
