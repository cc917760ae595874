//! What a user's state means for a sign-in.

use poolhouse_model::{Timestamp, User, UserStatus};

use crate::error::ServiceError;

/// Refuses a sign-in that the user's state does not allow.
///
/// Clients that hide user existence check the proof first and this afterwards; the others the
/// other way round, as the service does.
/// # Errors
/// The state's own fact.
pub(crate) fn check_user_state(user: &User, now: Timestamp) -> Result<(), ServiceError> {
    if !user.is_enabled {
        return Err(ServiceError::UserDisabled);
    }
    match user.status {
        UserStatus::Unconfirmed => Err(ServiceError::UserNotConfirmed),
        UserStatus::ResetRequired => Err(ServiceError::PasswordResetRequired),
        UserStatus::ForceChangePassword if has_expired_password(user, now) => {
            Err(ServiceError::TemporaryPasswordExpired)
        }
        UserStatus::ForceChangePassword | UserStatus::Confirmed | UserStatus::ExternalProvider => {
            Ok(())
        }
    }
}

fn has_expired_password(user: &User, now: Timestamp) -> bool {
    let expires_at = user
        .password
        .as_ref()
        .and_then(|password| password.expires_at);
    expires_at.is_some_and(|at| now >= at)
}
