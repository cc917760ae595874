//! `GetUserAuthFactors`, `AdminGetUserAuthFactors`, and what else tells of a user's factors.

use poolhouse_model::{ContactAttribute, MfaSettings, User, UserPool, UserPoolId};
use serde_json::Value;

use crate::error::ServiceError;
use crate::service::Service;

/// A first factor that a user could begin a sign-in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstFactor {
    /// A password.
    Password,
    /// A code by mail.
    EmailOtp,
    /// A code by SMS.
    SmsOtp,
}

/// The factors of a user.
#[derive(Clone, Debug)]
pub struct AuthFactors {
    /// The user.
    pub user: User,
    /// The second factors that were turned on.
    pub mfa: MfaSettings,
    /// First factors that the user has and the pool admits.
    pub first_factors: Vec<FirstFactor>,
}

impl AuthFactors {
    fn of(pool: &UserPool, user: User, mfa: MfaSettings) -> Self {
        Self {
            first_factors: first_factors(pool, &user),
            user,
            mfa,
        }
    }
}

impl Service {
    /// Reads which second factors a user turned on.
    /// # Errors
    /// Those of the store.
    pub async fn mfa_settings(&self, user: &User) -> Result<MfaSettings, ServiceError> {
        let mfa = self.mfa_of(user).await?;
        Ok(MfaSettings {
            enabled: mfa.enabled,
            preferred: mfa.preferred,
        })
    }

    /// Reads the factors of the user that an access token speaks for.
    /// # Errors
    /// The facts of access tokens.
    /// Source: API reference, `GetUserAuthFactors`.
    pub async fn get_user_auth_factors(
        &self,
        access_token: &str,
    ) -> Result<AuthFactors, ServiceError> {
        let verified = self.verify_self_service(access_token).await?;
        Ok(AuthFactors::of(&verified.pool, verified.user, verified.mfa))
    }

    /// Reads the factors of a user.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`].
    /// Source: API reference, `AdminGetUserAuthFactors`.
    pub async fn admin_get_user_auth_factors(
        &self,
        pool_id: &UserPoolId,
        name: &str,
    ) -> Result<AuthFactors, ServiceError> {
        let pool = self.pool(pool_id).await?;
        let user = self.get_user_by_admin(&pool, name).await?;
        let mfa = self.mfa_settings(&user).await?;
        Ok(AuthFactors::of(&pool, user, mfa))
    }
}

/// First factors that the user has and the sign-in policy admits; without a policy that is the
/// password. Nobody has a passkey yet.
/// Source: API reference, `SignInPolicyType`; AWS page "Authentication flows", choice-based sign-in.
fn first_factors(pool: &UserPool, user: &User) -> Vec<FirstFactor> {
    let policy = pool.settings.kept.get("SignInPolicy");
    let admitted = policy.and_then(|policy| policy["AllowedFirstAuthFactors"].as_array());
    let is_admitted = |name: &str| match admitted {
        Some(names) => names.iter().any(|admitted: &Value| admitted == name),
        None => name == "PASSWORD",
    };
    [
        (FirstFactor::Password, "PASSWORD", user.password.is_some()),
        (
            FirstFactor::EmailOtp,
            "EMAIL_OTP",
            user.has_verified(ContactAttribute::Email),
        ),
        (
            FirstFactor::SmsOtp,
            "SMS_OTP",
            user.has_verified(ContactAttribute::PhoneNumber),
        ),
    ]
    .into_iter()
    .filter(|(_, name, has_it)| *has_it && is_admitted(name))
    .map(|(factor, _, _)| factor)
    .collect()
}
