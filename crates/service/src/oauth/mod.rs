//! The OAuth endpoints: authorization, exchange, user info, revocation, sign-out, discovery.

mod authorize;
mod browser_sessions;
mod browser_state;
mod discovery;
mod exchange;
mod hosted_confirmation;
mod hosted_new_password;
mod hosted_password_reset;
mod hosted_sign_up;
mod hosted_software_token_setup;
mod logout;
mod revoke;
mod sign_in;
mod user_info;

pub use authorize::{Authorization, AuthorizationDecision, AuthorizeFailure, RefusedAuthorization};
pub use browser_state::BrowserState;
pub use exchange::TokenFailure;
pub use hosted_confirmation::{ConfirmedOnThePage, HostedConfirmation};
pub use hosted_password_reset::{HostedReset, ResetInProgress};
pub use hosted_sign_up::{HostedSignUp, SignUpField, SignedUpOnThePage};
pub use hosted_software_token_setup::HostedSetup;
pub use logout::Logout;
pub use revoke::RevocationFailure;
pub use sign_in::{HostedPendingStep, HostedSignIn, HostedStep};
pub use user_info::UserInfoFailure;

use poolhouse_crypto::hash;

/// Hash under which a code or cookie is stored: it holds at least 120 random bits, so a plain
/// hash cannot be turned round.
pub(crate) fn stored_hash(secret: &str) -> Vec<u8> {
    hash::sha256(secret.as_bytes()).to_vec()
}
