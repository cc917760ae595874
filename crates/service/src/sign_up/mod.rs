//! Users who make themselves: sign-up, its confirmation, and another code for it.

mod admin_confirm_sign_up;
mod confirm_by_link;
mod confirm_sign_up;
mod new_user;
mod resend_confirmation_code;
#[path = "sign_up.rs"]
mod use_case;

pub(crate) use new_user::NewUserNames;
pub use use_case::{SignUp, SignedUp};

pub use confirm_by_link::{ConfirmByLink, LinkOutcome};
pub use confirm_sign_up::ConfirmSignUp;
pub use resend_confirmation_code::ResendConfirmationCode;
