//! Forgotten passwords: a code to what the user proved before, and a new password for it.

mod admin_reset_user_password;
mod confirm_forgot_password;
mod forgot_password;
mod recovery;

pub use admin_reset_user_password::AdminResetUserPassword;
pub use confirm_forgot_password::ConfirmForgotPassword;
pub use forgot_password::ForgotPassword;
pub(crate) use recovery::check_account_recovery;
pub use recovery::has_password_reset;
