//! How often in an hour a user's codes may be asked for and tried, and the password changed.
//!
//! Without a limit, whoever asks for one code after the other gets five tries at each.

use poolhouse_model::{Ttl, User, UserPool};

use crate::error::ServiceError;
use crate::lockouts::name_key;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// What the window of a limit is.
const WINDOW: Ttl = Ttl::from_hours(1);

/// An operation with a limit of its own.
/// Source: AWS page "Quotas in Amazon Cognito", operations of one user.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limited {
    /// `ConfirmSignUp`
    Confirmation,
    /// `ResendConfirmationCode`
    Resending,
    /// `GetUserAttributeVerificationCode`
    AttributeCode,
    /// `VerifyUserAttribute`
    AttributeVerification,
    /// Changes of an address or number that send a code.
    /// Inferred: that there is a limit, and its number; without one a user could have codes sent
    /// to strangers without end.
    ContactChange,
    /// `ForgotPassword`
    Forgetting,
    /// `ConfirmForgotPassword`
    ResetConfirmation,
    /// `ChangePassword`
    PasswordChange,
}

impl Limited {
    fn most(self) -> i64 {
        match self {
            Self::Confirmation | Self::AttributeVerification => 15,
            // The service allows 5 to 20 resets by a risk that it assesses. Inferred: the least of
            // what costs a message, the most of what costs none.
            Self::Resending | Self::AttributeCode | Self::PasswordChange | Self::Forgetting => 5,
            Self::ContactChange | Self::ResetConfirmation => 20,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Confirmation => "confirm",
            Self::Resending => "resend",
            Self::AttributeCode => "attribute_code",
            Self::AttributeVerification => "verify_attribute",
            Self::ContactChange => "contact_change",
            Self::Forgetting => "forgot",
            Self::ResetConfirmation => "reset",
            Self::PasswordChange => "change",
        }
    }
}

impl Service {
    /// Counts a call for a user, or for a name that leads to none, before anything comes of it.
    /// The window begins anew once the last counted call is an hour old.
    /// # Errors
    /// [`ServiceError::AttemptLimitExceeded`]; such a call is not counted.
    pub(crate) async fn count_limited(
        &self,
        limited: Limited,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: Option<&User>,
        typed: &str,
    ) -> Result<(), ServiceError> {
        let key = format!("{}:{}", limited.key(), name_key(pool, keys, user, typed));
        let now = self.now();
        let storage = &self.storage;
        let counted = storage.find_lockout(&pool.id, &key, now).await?;
        if counted.failures >= limited.most() {
            return Err(ServiceError::AttemptLimitExceeded);
        }
        let before = storage
            .count_attempt(&pool.id, &key, now, now.after(WINDOW))
            .await?;
        if before.failures >= limited.most() {
            return Err(ServiceError::AttemptLimitExceeded);
        }
        Ok(())
    }
}
