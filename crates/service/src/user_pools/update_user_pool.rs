//! `UpdateUserPool`

use std::collections::BTreeMap;

use poolhouse_model::{MfaFactors, MfaRequirement, UserPool, UserPoolId, UserPoolSettings};

use super::settings_rules::check_settings;
use crate::error::ServiceError;
use crate::service::Service;

/// A change of a pool.
#[derive(Clone, Debug)]
pub struct UpdateUserPool {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Its new name; `None` leaves the one it has.
    pub name: Option<String>,
    /// Its new settings, with defaults where nothing was said. What is fixed for the life of a
    /// pool is not looked at: sign-in names, case sensitivity, schema.
    pub settings: UserPoolSettings,
}

/// Kept settings that the operation has members for: without one the setting ends. What other
/// operations keep stays.
const UPDATED_KEPT: [&str; 9] = [
    "DeviceConfiguration",
    "EmailConfiguration",
    "SignInPolicy",
    "SmsAuthenticationMessage",
    "SmsConfiguration",
    "UserAttributeUpdateSettings",
    "UserPoolAddOns",
    "UserPoolTier",
    "VerificationMessageTemplate",
];

impl Service {
    /// Replaces the settings of a pool: what the request does not name gets its default back.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`]; [`ServiceError::InvalidInput`],
    /// [`ServiceError::TagsRefused`] for settings that are wrong;
    /// [`ServiceError::ConcurrentModification`].
    /// Source: API reference, `UpdateUserPool`; AWS page "Updating user pool and app client
    /// configuration". Inferred: a pool keeps its name when none is given, since a name has no
    /// default.
    pub async fn update_user_pool(
        &self,
        request: UpdateUserPool,
    ) -> Result<UserPool, ServiceError> {
        self.change_pool(&request.pool_id, |pool| {
            let settings = updated_settings(&pool.settings, request.settings.clone());
            check_settings(&settings)?;
            pool.settings = settings;
            if let Some(name) = &request.name {
                pool.name.clone_from(name);
            }
            Ok(())
        })
        .await
    }
}

/// Puts new settings and what is fixed together. Every setting is named, so that a new one is
/// judged here before it compiles.
pub(crate) fn updated_settings(old: &UserPoolSettings, new: UserPoolSettings) -> UserPoolSettings {
    let mfa_factors = updated_factors(old, &new);
    UserPoolSettings {
        password_policy: new.password_policy,
        auto_verified_attributes: new.auto_verified_attributes,
        allows_admin_create_user_only: new.allows_admin_create_user_only,
        is_deletion_protected: new.is_deletion_protected,
        mfa: new.mfa,
        mfa_factors,
        account_recovery: new.account_recovery,
        triggers: new.triggers,
        tags: new.tags,
        messages: new.messages,
        email: new.email,
        kept: updated_kept(&old.kept, new.kept),
        // Source: AWS page "Updating user pool and app client configuration", "Settings you can't
        // change".
        schema: old.schema.clone(),
        username_attributes: old.username_attributes.clone(),
        alias_attributes: old.alias_attributes.clone(),
        is_case_sensitive: old.is_case_sensitive,
    }
}

/// Which second factors there are once the requirement was changed: those that
/// `SetUserPoolMfaConfig` set, while it goes on; none when it ends; those of a new pool when it
/// begins.
/// Inferred: the operation has no member for factors, and infrastructure tools, which call both,
/// send the requirement with every update.
fn updated_factors(old: &UserPoolSettings, new: &UserPoolSettings) -> MfaFactors {
    let factors = &old.mfa_factors;
    match (old.mfa, new.mfa) {
        (_, MfaRequirement::Off) => MfaFactors {
            web_authn: factors.web_authn.clone(),
            ..MfaFactors::default()
        },
        (MfaRequirement::Off, _) => MfaFactors {
            web_authn: factors.web_authn.clone(),
            ..new.mfa_factors.clone()
        },
        _ => MfaFactors {
            // Without a gateway no code goes out.
            sms: factors.sms && new.kept.contains_key("SmsConfiguration"),
            ..factors.clone()
        },
    }
}

/// Whether `UpdateUserPool` has a member for a kept setting.
pub(crate) fn is_updated_setting(name: &str) -> bool {
    UPDATED_KEPT.contains(&name)
}

type Kept = BTreeMap<String, serde_json::Value>;

fn updated_kept(old: &Kept, new: Kept) -> Kept {
    let stays = |name: &str| !is_updated_setting(name);
    let old = old.iter().filter(|(name, _)| stays(name));
    let mut kept: Kept = old
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    kept.extend(new.into_iter().filter(|(name, _)| !stays(name)));
    kept
}
