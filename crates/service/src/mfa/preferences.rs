//! `SetUserMFAPreference` and `AdminSetUserMFAPreference`

use poolhouse_model::{MfaFactor, MfaRequirement, User, UserMfa, UserPool, UserPoolId};

use crate::error::ServiceError;
use crate::service::Service;

/// What is said of one factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactorSetting {
    /// Whether it is asked for.
    pub is_enabled: bool,
    /// Whether it is asked for first.
    pub is_preferred: bool,
}

/// Which second factors a user wants; a factor that nothing is said of stays as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct MfaPreference {
    /// The authenticator app.
    pub software_token: Option<FactorSetting>,
    /// Codes by SMS.
    pub sms: Option<FactorSetting>,
    /// Codes by mail.
    pub email: Option<FactorSetting>,
    /// Passkeys as a second factor.
    pub web_authn: Option<FactorSetting>,
}

impl Service {
    /// Sets which second factors the user that an access token speaks for wants.
    /// # Errors
    /// [`ServiceError::SoftwareTokenNotVerified`] for an app that was not set up;
    /// [`ServiceError::FeatureNotServed`] for other factors; [`ServiceError::InvalidInput`] for
    /// settings that contradict each other or the pool; the facts of access tokens.
    /// Source: API reference, `SetUserMFAPreference`.
    pub async fn set_user_mfa_preference(
        &self,
        access_token: &str,
        preference: MfaPreference,
    ) -> Result<(), ServiceError> {
        let verified = self.verify_self_service(access_token).await?;
        self.set_preference(&verified.pool, &verified.user, preference)
            .await
    }

    /// Sets which second factors a user wants.
    /// # Errors
    /// As [`Service::set_user_mfa_preference`]; [`ServiceError::UserPoolNotFound`],
    /// [`ServiceError::UserNotFound`].
    /// Source: API reference, `AdminSetUserMFAPreference`.
    pub async fn admin_set_user_mfa_preference(
        &self,
        pool_id: &UserPoolId,
        name: &str,
        preference: MfaPreference,
    ) -> Result<(), ServiceError> {
        let pool = self.pool(pool_id).await?;
        let user = self.get_user_by_admin(&pool, name).await?;
        self.set_preference(&pool, &user, preference).await
    }

    async fn set_preference(
        &self,
        pool: &UserPool,
        user: &User,
        preference: MfaPreference,
    ) -> Result<(), ServiceError> {
        check_preference(preference)?;
        let Some(setting) = preference.software_token else {
            return Ok(());
        };
        self.change_mfa(user, |mfa| {
            apply(pool, mfa, setting)?;
            Ok((Vec::new(), ()))
        })
        .await
    }
}

/// Refuses factors that are not served yet, and a preference that makes no sense.
/// Source: API reference, `SetUserMFAPreference`: one factor can be preferred. Inferred: the texts.
fn check_preference(preference: MfaPreference) -> Result<(), ServiceError> {
    let unserved = [
        ("SMSMfaSettings", preference.sms),
        ("EmailMfaSettings", preference.email),
        ("WebAuthnMfaSettings", preference.web_authn),
    ];
    for (name, setting) in unserved {
        if setting.is_some_and(|setting| setting.is_enabled || setting.is_preferred) {
            return Err(ServiceError::FeatureNotServed(format!(
                "{name} is not served yet by Poolhouse: only authenticator apps \
                 (SoftwareTokenMfaSettings) can be turned on."
            )));
        }
    }
    match preference.software_token {
        Some(setting) if setting.is_preferred && !setting.is_enabled => {
            Err(ServiceError::InvalidInput(
                "A factor that is turned off cannot be the preferred one.".to_owned(),
            ))
        }
        _ => Ok(()),
    }
}

/// Source: API reference, `SoftwareTokenMfaSettingsType`: where a second factor is required it
/// cannot be turned off. Inferred: that this is refused, and the text.
fn apply(pool: &UserPool, mfa: &mut UserMfa, setting: FactorSetting) -> Result<(), ServiceError> {
    let factor = MfaFactor::SoftwareToken;
    if !setting.is_enabled {
        if pool.settings.mfa == MfaRequirement::On && mfa.software_token.is_some() {
            return Err(ServiceError::InvalidInput(
                "Software token MFA cannot be turned off where the user pool requires MFA."
                    .to_owned(),
            ));
        }
        mfa.disable(factor);
        return Ok(());
    }
    if mfa.software_token.is_none() {
        let is_pending = mfa.pending_seed.is_some();
        return Err(ServiceError::SoftwareTokenNotVerified { is_pending });
    }
    mfa.enable(factor);
    mfa.preferred = if setting.is_preferred {
        Some(factor)
    } else {
        mfa.preferred.filter(|preferred| *preferred != factor)
    };
    Ok(())
}
