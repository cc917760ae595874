//! User pools: how they are described. What a new one asks for is read in `user_pool_settings`.

use poolhouse_api_model::Operation;
use poolhouse_api_model::types::{
    AccountRecoverySettingType, AdminCreateUserConfigType, AliasAttributeType,
    DeletionProtectionType, LambdaConfigType, PasswordPolicyType, RecoveryOptionNameType,
    RecoveryOptionType, SignInPolicyType, UserPoolDescriptionType, UserPoolPolicyType,
    UserPoolTierType, UserPoolType, UsernameAttributeType, VerifiedAttributeType,
};
use poolhouse_model::{
    AliasAttribute, ContactAttribute, PasswordPolicy, PoolDomain, RecoveryMechanism, UserPool,
    UserPoolSettings,
};
use poolhouse_service::DescribedUserPool;

use super::{instant, kept, message_settings, mfa, schema};

/// Describes a pool.
pub(crate) fn to_wire(described: &DescribedUserPool) -> UserPoolType {
    let pool: &UserPool = &described.pool;
    let settings = &pool.settings;
    let domain = |is_custom: bool| {
        let mut domains = described.domains.iter();
        let domain = domains.find(|domain: &&PoolDomain| domain.is_custom() == is_custom);
        domain.map(|domain| domain.domain.clone())
    };
    UserPoolType {
        id: Some(pool.id.as_str().to_owned()),
        name: Some(pool.name.clone()),
        arn: Some(described.arn.clone()),
        creation_date: Some(instant(pool.created_at)),
        last_modified_date: Some(instant(pool.updated_at)),
        estimated_number_of_users: Some(i32::try_from(described.user_count).unwrap_or(i32::MAX)),
        domain: domain(false),
        custom_domain: domain(true),
        policies: Some(UserPoolPolicyType {
            password_policy: Some(password_policy(&settings.password_policy)),
            sign_in_policy: Some(sign_in_policy(settings)),
        }),
        deletion_protection: Some(if settings.is_deletion_protected {
            DeletionProtectionType::Active
        } else {
            DeletionProtectionType::Inactive
        }),
        mfa_configuration: Some(mfa::requirement_to_wire(settings.mfa)),
        lambda_config: Some(lambda_config(settings)),
        schema_attributes: Some(settings.schema.iter().map(schema::to_wire).collect()),
        user_pool_tags: Some(settings.tags.clone()),
        admin_create_user_config: Some(admin_create_user_config(settings)),
        account_recovery_setting: settings.account_recovery.as_deref().map(recovery),
        username_configuration: reader(settings).get("UsernameConfiguration"),
        ..names_and_messages(settings)
    }
}

/// The part of a description that is about names, messages and how they are sent.
fn names_and_messages(settings: &UserPoolSettings) -> UserPoolType {
    let messages = &settings.messages;
    let kept = reader(settings);
    UserPoolType {
        auto_verified_attributes: list(&settings.auto_verified_attributes, verified_attribute),
        alias_attributes: list(&settings.alias_attributes, alias_attribute),
        username_attributes: list(&settings.username_attributes, username_attribute),
        sms_verification_message: messages.verification_sms.clone(),
        email_verification_message: messages.verification_email_body.clone(),
        email_verification_subject: messages.verification_email_subject.clone(),
        verification_message_template: Some(message_settings::verification_template(messages)),
        sms_authentication_message: kept.get("SmsAuthenticationMessage"),
        user_attribute_update_settings: kept.get("UserAttributeUpdateSettings"),
        device_configuration: kept.get("DeviceConfiguration"),
        email_configuration: Some(message_settings::email_configuration(&settings.email)),
        sms_configuration: kept.get("SmsConfiguration"),
        user_pool_add_ons: kept.get("UserPoolAddOns"),
        user_pool_tier: Some(
            kept.get("UserPoolTier")
                .unwrap_or(UserPoolTierType::Essentials),
        ),
        ..UserPoolType::default()
    }
}

fn reader(settings: &UserPoolSettings) -> kept::Reader<'_> {
    kept::Reader::new(&settings.kept, Operation::CreateUserPool)
}

/// A pool in a list.
pub(crate) fn summary(pool: &UserPool) -> UserPoolDescriptionType {
    UserPoolDescriptionType {
        id: Some(pool.id.as_str().to_owned()),
        name: Some(pool.name.clone()),
        lambda_config: Some(lambda_config(&pool.settings)),
        last_modified_date: Some(instant(pool.updated_at)),
        creation_date: Some(instant(pool.created_at)),
        ..UserPoolDescriptionType::default()
    }
}

fn password_policy(policy: &PasswordPolicy) -> PasswordPolicyType {
    PasswordPolicyType {
        minimum_length: i32::try_from(policy.minimum_length).ok(),
        require_uppercase: Some(policy.requires_uppercase),
        require_lowercase: Some(policy.requires_lowercase),
        require_numbers: Some(policy.requires_numbers),
        require_symbols: Some(policy.requires_symbols),
        password_history_size: i32::try_from(policy.history_size)
            .ok()
            .filter(|size| *size > 0),
        temporary_password_validity_days: i32::try_from(policy.temporary_password_validity_days)
            .ok(),
    }
}

fn sign_in_policy(settings: &UserPoolSettings) -> SignInPolicyType {
    use poolhouse_api_model::types::AuthFactorType;
    kept::Reader::of_member(&settings.kept, Operation::CreateUserPool, "Policies")
        .get("SignInPolicy")
        .unwrap_or_else(|| SignInPolicyType {
            allowed_first_auth_factors: Some(vec![AuthFactorType::Password]),
        })
}

fn lambda_config(settings: &UserPoolSettings) -> LambdaConfigType {
    let members = &settings.triggers;
    kept::structure(members, Operation::CreateUserPool, "LambdaConfig").unwrap_or_default()
}

fn admin_create_user_config(settings: &UserPoolSettings) -> AdminCreateUserConfigType {
    let days = settings.password_policy.temporary_password_validity_days;
    AdminCreateUserConfigType {
        allow_admin_create_user_only: Some(settings.allows_admin_create_user_only),
        unused_account_validity_days: i32::try_from(days).ok(),
        invite_message_template: message_settings::invite_template(&settings.messages),
    }
}

fn recovery(mechanisms: &[RecoveryMechanism]) -> AccountRecoverySettingType {
    let options = mechanisms
        .iter()
        .zip(1..)
        .map(|(mechanism, priority)| RecoveryOptionType {
            priority,
            name: match mechanism {
                RecoveryMechanism::VerifiedEmail => RecoveryOptionNameType::VerifiedEmail,
                RecoveryMechanism::VerifiedPhoneNumber => {
                    RecoveryOptionNameType::VerifiedPhoneNumber
                }
                RecoveryMechanism::AdminOnly => RecoveryOptionNameType::AdminOnly,
            },
        });
    AccountRecoverySettingType {
        recovery_mechanisms: Some(options.collect()),
    }
}

fn list<T: Copy, W>(values: &[T], to_wire: impl Fn(T) -> W) -> Option<Vec<W>> {
    (!values.is_empty()).then(|| values.iter().copied().map(to_wire).collect())
}

fn verified_attribute(attribute: ContactAttribute) -> VerifiedAttributeType {
    match attribute {
        ContactAttribute::Email => VerifiedAttributeType::Email,
        ContactAttribute::PhoneNumber => VerifiedAttributeType::PhoneNumber,
    }
}

fn username_attribute(attribute: ContactAttribute) -> UsernameAttributeType {
    match attribute {
        ContactAttribute::Email => UsernameAttributeType::Email,
        ContactAttribute::PhoneNumber => UsernameAttributeType::PhoneNumber,
    }
}

fn alias_attribute(attribute: AliasAttribute) -> AliasAttributeType {
    match attribute {
        AliasAttribute::Email => AliasAttributeType::Email,
        AliasAttribute::PhoneNumber => AliasAttributeType::PhoneNumber,
        AliasAttribute::PreferredUsername => AliasAttributeType::PreferredUsername,
    }
}
