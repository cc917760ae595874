//! By what a forgotten password is reset.

use poolhouse_model::{
    ContactAttribute, RecoveryMechanism, User, UserPool, UserPoolSettings, UserStatus,
};

use crate::error::ServiceError;

/// Refuses a setting that contradicts itself: two mechanisms of one name, or administrators alone
/// beside something else.
/// # Errors
/// [`ServiceError::InvalidInput`].
/// Source: API reference, `RecoveryOptionType`: `admin_only` stands alone. Inferred: the texts.
pub(crate) fn check_account_recovery(settings: &UserPoolSettings) -> Result<(), ServiceError> {
    let mechanisms = settings.account_recovery.as_deref().unwrap_or_default();
    let is_repeated =
        |(index, mechanism): (usize, &RecoveryMechanism)| mechanisms[..index].contains(mechanism);
    let text = if mechanisms.len() > 1 && mechanisms.contains(&RecoveryMechanism::AdminOnly) {
        "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms."
    } else if mechanisms.iter().enumerate().any(is_repeated) {
        "Account Recovery Setting cannot name a recovery mechanism twice."
    } else {
        return Ok(());
    };
    Err(ServiceError::InvalidInput(text.to_owned()))
}

/// Lists the kinds of address that the pool resets passwords by, best first.
/// # Errors
/// [`ServiceError::PasswordResetByAdministratorOnly`].
/// Source: API reference, `AccountRecoverySettingType`; without it the number comes before the
/// address.
pub(super) fn recovery_attributes(pool: &UserPool) -> Result<Vec<ContactAttribute>, ServiceError> {
    let Some(mechanisms) = &pool.settings.account_recovery else {
        return Ok(vec![ContactAttribute::PhoneNumber, ContactAttribute::Email]);
    };
    let attributes: Vec<ContactAttribute> = mechanisms
        .iter()
        .filter_map(|mechanism| match mechanism {
            RecoveryMechanism::VerifiedEmail => Some(ContactAttribute::Email),
            RecoveryMechanism::VerifiedPhoneNumber => Some(ContactAttribute::PhoneNumber),
            RecoveryMechanism::AdminOnly => None,
        })
        .collect();
    if attributes.is_empty() {
        return Err(ServiceError::PasswordResetByAdministratorOnly);
    }
    Ok(attributes)
}

/// Whether users of the pool reset forgotten passwords themselves.
pub fn has_password_reset(pool: &UserPool) -> bool {
    recovery_attributes(pool).is_ok()
}

/// Picks what a reset code goes to: the best that the user has verified.
/// # Errors
/// The facts of [`check_resettable`], and [`ServiceError::PasswordResetUnreachable`].
pub(super) fn reset_destination(
    recovery: &[ContactAttribute],
    user: &User,
) -> Result<ContactAttribute, ServiceError> {
    check_resettable(user)?;
    recovery
        .iter()
        .copied()
        .find(|attribute| user.has_verified(*attribute))
        .ok_or(ServiceError::PasswordResetUnreachable)
}

/// Refuses to reset a password that is not the user's own yet, or no more.
/// # Errors
/// [`ServiceError::UserDisabled`]; [`ServiceError::PasswordResetUnreachable`] before the sign-up
/// was confirmed, because a reset would take the confirmation's place;
/// [`ServiceError::PasswordNotResettable`] for a temporary password and for none.
/// Source: reported answers of `ForgotPassword`. Inferred: that of a federated user.
pub(super) fn check_resettable(user: &User) -> Result<(), ServiceError> {
    if !user.is_enabled {
        return Err(ServiceError::UserDisabled);
    }
    match user.status {
        UserStatus::Confirmed | UserStatus::ResetRequired => Ok(()),
        UserStatus::Unconfirmed => Err(ServiceError::PasswordResetUnreachable),
        UserStatus::ForceChangePassword | UserStatus::ExternalProvider => {
            Err(ServiceError::PasswordNotResettable)
        }
    }
}
