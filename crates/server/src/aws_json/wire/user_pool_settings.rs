//! User pools: what a new or changed one asks for.

use poolhouse_api_model::operations::{CreateUserPoolRequest, UpdateUserPoolRequest};
use poolhouse_api_model::types::{
    AccountRecoverySettingType, AdminCreateUserConfigType, AliasAttributeType,
    DeletionProtectionType, PasswordPolicyType, RecoveryOptionNameType, UsernameAttributeType,
    VerifiedAttributeType,
};
use poolhouse_model::{
    AliasAttribute, ContactAttribute, MfaFactors, MfaRequirement, PasswordPolicy,
    RecoveryMechanism, UserPoolSettings,
};

use super::super::api_error::CallError;
use super::message_settings::{self, MessageMembers};
use super::{kept, mfa, schema};

/// Reads the settings of a changed pool: those of a new one with the same members.
/// # Errors
/// As [`settings`].
pub(crate) fn updated_settings(
    input: UpdateUserPoolRequest,
) -> Result<UserPoolSettings, CallError> {
    settings(CreateUserPoolRequest {
        pool_name: input.pool_name.unwrap_or_default(),
        policies: input.policies,
        deletion_protection: input.deletion_protection,
        lambda_config: input.lambda_config,
        auto_verified_attributes: input.auto_verified_attributes,
        alias_attributes: None,
        username_attributes: None,
        sms_verification_message: input.sms_verification_message,
        email_verification_message: input.email_verification_message,
        email_verification_subject: input.email_verification_subject,
        verification_message_template: input.verification_message_template,
        sms_authentication_message: input.sms_authentication_message,
        mfa_configuration: input.mfa_configuration,
        user_attribute_update_settings: input.user_attribute_update_settings,
        device_configuration: input.device_configuration,
        email_configuration: input.email_configuration,
        sms_configuration: input.sms_configuration,
        user_pool_tags: input.user_pool_tags,
        admin_create_user_config: input.admin_create_user_config,
        schema: None,
        user_pool_add_ons: input.user_pool_add_ons,
        dcr_configuration: input.dcr_configuration,
        username_configuration: None,
        account_recovery_setting: input.account_recovery_setting,
        user_pool_tier: input.user_pool_tier,
        key_configuration: input.key_configuration,
        issuer_configuration: input.issuer_configuration,
        acr_configuration: input.acr_configuration,
    })
}

/// Reads the settings of a new pool.
/// # Errors
/// `InvalidParameterException` for a schema that makes no sense, messages that contradict each
/// other, and members that are not served yet.
pub(crate) fn settings(input: CreateUserPoolRequest) -> Result<UserPoolSettings, CallError> {
    refuse_unserved(&input)?;
    let kept_members = keep(&input);
    let messages = message_settings::templates(MessageMembers::from(&input))?;
    let email = message_settings::email_settings(input.email_configuration.clone());
    let policies = input.policies.unwrap_or_default();
    let admin = input.admin_create_user_config.unwrap_or_default();
    let case_sensitivity = input.username_configuration;
    let mfa = input
        .mfa_configuration
        .map_or(MfaRequirement::Off, mfa::requirement);
    Ok(UserPoolSettings {
        password_policy: password_policy(policies.password_policy, &admin)?,
        schema: schema::settings(input.schema)?,
        auto_verified_attributes: map(input.auto_verified_attributes, verified_attribute),
        username_attributes: map(input.username_attributes, username_attribute),
        alias_attributes: map(input.alias_attributes, alias_attribute),
        is_case_sensitive: case_sensitivity.is_none_or(|config| config.case_sensitive),
        allows_admin_create_user_only: admin.allow_admin_create_user_only.unwrap_or(false),
        is_deletion_protected: input.deletion_protection == Some(DeletionProtectionType::Active),
        mfa,
        // Only `SetUserPoolMfaConfig` names the other factors.
        mfa_factors: MfaFactors {
            sms: mfa != MfaRequirement::Off && input.sms_configuration.is_some(),
            ..MfaFactors::default()
        },
        account_recovery: input.account_recovery_setting.and_then(recovery),
        triggers: input
            .lambda_config
            .map(|c| kept::members(&c))
            .unwrap_or_default(),
        tags: input.user_pool_tags.unwrap_or_default(),
        messages,
        email,
        kept: kept_members,
    })
}

fn refuse_unserved(input: &CreateUserPoolRequest) -> Result<(), CallError> {
    let unserved = [
        ("DcrConfiguration", input.dcr_configuration.is_some()),
        ("KeyConfiguration", input.key_configuration.is_some()),
        ("IssuerConfiguration", input.issuer_configuration.is_some()),
        ("AcrConfiguration", input.acr_configuration.is_some()),
    ];
    match unserved.iter().find(|(_, is_set)| *is_set) {
        Some((name, _)) => Err(invalid(format!("{name} is not served yet by Poolhouse."))),
        None => Ok(()),
    }
}

fn invalid(text: impl Into<String>) -> CallError {
    super::super::api_error::ApiError::invalid_parameter(text).into()
}

fn keep(input: &CreateUserPoolRequest) -> kept::Kept {
    let mut members = kept::Kept::new();
    let policies = input.policies.as_ref();
    let sign_in_policy = policies.and_then(|policies| policies.sign_in_policy.as_ref());
    let kept = &mut members;
    kept::put(kept, "SignInPolicy", sign_in_policy);
    kept::put(
        kept,
        "SmsAuthenticationMessage",
        input.sms_authentication_message.as_ref(),
    );
    kept::put(
        kept,
        "UserAttributeUpdateSettings",
        input.user_attribute_update_settings.as_ref(),
    );
    kept::put(
        kept,
        "DeviceConfiguration",
        input.device_configuration.as_ref(),
    );
    kept::put(kept, "SmsConfiguration", input.sms_configuration.as_ref());
    kept::put(kept, "UserPoolAddOns", input.user_pool_add_ons.as_ref());
    kept::put(kept, "UserPoolTier", input.user_pool_tier.as_ref());
    kept::put(
        kept,
        "UsernameConfiguration",
        input.username_configuration.as_ref(),
    );
    members
}

/// Source: an answer in reports (aws/aws-sdk-js#3817). Inferred: that two equal numbers, as an older
/// description repeats them, are no contradiction.
const TWO_VALIDITIES: &str = "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays";

fn password_policy(
    policy: Option<PasswordPolicyType>,
    admin: &AdminCreateUserConfigType,
) -> Result<PasswordPolicy, CallError> {
    let default = PasswordPolicy::default();
    // Zero is how a client that cannot leave the older member out says nothing with it.
    let older_days = admin.unused_account_validity_days.filter(|days| *days != 0);
    let Some(policy) = policy else {
        return Ok(PasswordPolicy {
            temporary_password_validity_days: older_days
                .map_or(default.temporary_password_validity_days, i64::from),
            ..default
        });
    };
    let days = policy.temporary_password_validity_days;
    if days
        .zip(older_days)
        .is_some_and(|(days, older)| days != older)
    {
        return Err(invalid(TWO_VALIDITIES));
    }
    let size = |number: Option<i32>| number.and_then(|number| usize::try_from(number).ok());
    // Within a policy that was given, what is left out is off.
    Ok(PasswordPolicy {
        minimum_length: size(policy.minimum_length).unwrap_or(default.minimum_length),
        requires_uppercase: policy.require_uppercase.unwrap_or(false),
        requires_lowercase: policy.require_lowercase.unwrap_or(false),
        requires_numbers: policy.require_numbers.unwrap_or(false),
        requires_symbols: policy.require_symbols.unwrap_or(false),
        history_size: size(policy.password_history_size).unwrap_or(0),
        temporary_password_validity_days: days
            .or(older_days)
            .map_or(default.temporary_password_validity_days, i64::from),
    })
}

fn recovery(setting: AccountRecoverySettingType) -> Option<Vec<RecoveryMechanism>> {
    let mut options = setting.recovery_mechanisms?;
    options.sort_by_key(|option| option.priority);
    let mechanisms = options.into_iter().map(|option| match option.name {
        RecoveryOptionNameType::VerifiedEmail => RecoveryMechanism::VerifiedEmail,
        RecoveryOptionNameType::VerifiedPhoneNumber => RecoveryMechanism::VerifiedPhoneNumber,
        RecoveryOptionNameType::AdminOnly => RecoveryMechanism::AdminOnly,
    });
    Some(mechanisms.collect())
}

fn map<W, T>(values: Option<Vec<W>>, from_wire: impl Fn(W) -> T) -> Vec<T> {
    values
        .unwrap_or_default()
        .into_iter()
        .map(from_wire)
        .collect()
}

fn verified_attribute(attribute: VerifiedAttributeType) -> ContactAttribute {
    match attribute {
        VerifiedAttributeType::Email => ContactAttribute::Email,
        VerifiedAttributeType::PhoneNumber => ContactAttribute::PhoneNumber,
    }
}

fn username_attribute(attribute: UsernameAttributeType) -> ContactAttribute {
    match attribute {
        UsernameAttributeType::Email => ContactAttribute::Email,
        UsernameAttributeType::PhoneNumber => ContactAttribute::PhoneNumber,
    }
}

fn alias_attribute(attribute: AliasAttributeType) -> AliasAttribute {
    match attribute {
        AliasAttributeType::Email => AliasAttribute::Email,
        AliasAttributeType::PhoneNumber => AliasAttribute::PhoneNumber,
        AliasAttributeType::PreferredUsername => AliasAttribute::PreferredUsername,
    }
}
