//! Settings of a pool that no rule obeys yet although ignoring them would let somebody in or skip a
//! check: the flows that should obey them refuse.

use poolhouse_model::UserPool;
use serde_json::Value;

use crate::error::ServiceError;

/// Triggers that decide about a sign-in or about what its tokens hold.
const SIGN_IN_TRIGGERS: [&str; 9] = [
    "PreAuthentication",
    "PostAuthentication",
    "PreTokenGeneration",
    "PreTokenGenerationConfig",
    "UserMigration",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
    "InboundFederation",
];

/// Triggers that decide about a new user or write the messages to them.
const SIGN_UP_TRIGGERS: [&str; 5] = [
    "PreSignUp",
    "PostConfirmation",
    "CustomMessage",
    "CustomEmailSender",
    "CustomSMSSender",
];

/// Triggers that write or send the messages to users.
const MESSAGE_TRIGGERS: [&str; 3] = ["CustomMessage", "CustomEmailSender", "CustomSMSSender"];

/// Triggers that decide about the reset of a password or write the messages of one.
const RESET_TRIGGERS: [&str; 5] = [
    "UserMigration",
    "PostConfirmation",
    "CustomMessage",
    "CustomEmailSender",
    "CustomSMSSender",
];

/// Refuses to sign anybody in, or to renew a sign-in, where a setting asks for a check that is not
/// built yet.
/// # Errors
/// [`ServiceError::FeatureNotServed`] with a text that names the setting.
pub(crate) fn check_sign_in_settings(pool: &UserPool) -> Result<(), ServiceError> {
    let asked = if let Some(trigger) = find_trigger(pool, &SIGN_IN_TRIGGERS) {
        format!("LambdaConfig names {trigger}")
    } else if has_device_tracking(pool) {
        "devices are tracked (DeviceConfiguration)".to_owned()
    } else if enforces_risk_rules(pool) {
        "AdvancedSecurityMode is ENFORCED".to_owned()
    } else if !admits_passwords(pool) {
        "AllowedFirstAuthFactors does not list PASSWORD".to_owned()
    } else {
        return Ok(());
    };
    Err(ServiceError::FeatureNotServed(format!(
        "The user pool's settings are not served yet by Poolhouse: {asked}. Signing in without that \
         would skip a check."
    )))
}

/// Refuses to give a client a token of its own where a trigger should decide what it holds. Only the
/// third version of the trigger is asked about such tokens.
/// # Errors
/// [`ServiceError::FeatureNotServed`] with a text that names the trigger.
/// Source: AWS page "Pre token generation Lambda trigger".
pub(crate) fn check_client_token_settings(pool: &UserPool) -> Result<(), ServiceError> {
    let trigger = pool.settings.triggers.get("PreTokenGenerationConfig");
    if trigger.is_none_or(|trigger| trigger["LambdaVersion"] != "V3_0") {
        return Ok(());
    }
    Err(ServiceError::FeatureNotServed(
        "The user pool's settings are not served yet by Poolhouse: LambdaConfig names \
         PreTokenGenerationConfig with V3_0. A token without it could hold what it would take away."
            .to_owned(),
    ))
}

/// Refuses to make or confirm a user where a trigger should decide about it.
/// # Errors
/// [`ServiceError::FeatureNotServed`] with a text that names the trigger.
pub(crate) fn check_sign_up_settings(pool: &UserPool) -> Result<(), ServiceError> {
    match find_trigger(pool, &SIGN_UP_TRIGGERS) {
        Some(trigger) => Err(ServiceError::FeatureNotServed(format!(
            "The user pool's settings are not served yet by Poolhouse: LambdaConfig names \
             {trigger}. Going on without it would skip a check."
        ))),
        None => Ok(()),
    }
}

/// Refuses to send a message where a trigger should write or send it.
/// # Errors
/// [`ServiceError::FeatureNotServed`] with a text that names the trigger.
pub(crate) fn check_message_triggers(pool: &UserPool) -> Result<(), ServiceError> {
    match find_trigger(pool, &MESSAGE_TRIGGERS) {
        Some(trigger) => Err(ServiceError::FeatureNotServed(format!(
            "The user pool's settings are not served yet by Poolhouse: LambdaConfig names \
             {trigger}. The message would not be the one that it makes."
        ))),
        None => Ok(()),
    }
}

/// Refuses to reset a password where a trigger should decide about it or write the message.
/// # Errors
/// [`ServiceError::FeatureNotServed`] with a text that names the trigger.
pub(crate) fn check_password_reset_settings(pool: &UserPool) -> Result<(), ServiceError> {
    match find_trigger(pool, &RESET_TRIGGERS) {
        Some(trigger) => Err(ServiceError::FeatureNotServed(format!(
            "The user pool's settings are not served yet by Poolhouse: LambdaConfig names \
             {trigger}. Resetting a password without it would skip a check."
        ))),
        None => Ok(()),
    }
}

fn find_trigger<'a>(pool: &UserPool, names: &[&'a str]) -> Option<&'a str> {
    let mut names = names.iter();
    let is_set = |name: &&&str| pool.settings.triggers.contains_key(**name);
    names.find(is_set).copied()
}

/// Device tracking is on as soon as its setting has any member.
/// Source: API reference, `DeviceConfigurationType`.
fn has_device_tracking(pool: &UserPool) -> bool {
    let setting = pool.settings.kept.get("DeviceConfiguration");
    setting
        .and_then(Value::as_object)
        .is_some_and(|members| !members.is_empty())
}

fn enforces_risk_rules(pool: &UserPool) -> bool {
    let setting = pool.settings.kept.get("UserPoolAddOns");
    setting.is_some_and(|add_ons| add_ons["AdvancedSecurityMode"] == "ENFORCED")
}

/// Whether the sign-in policy, if there is one, lists passwords.
/// Source: API reference, `SignInPolicyType`.
fn admits_passwords(pool: &UserPool) -> bool {
    let setting = pool.settings.kept.get("SignInPolicy");
    let factors = setting.and_then(|policy| policy["AllowedFirstAuthFactors"].as_array());
    factors.is_none_or(|factors| factors.iter().any(|factor| factor == "PASSWORD"))
}
