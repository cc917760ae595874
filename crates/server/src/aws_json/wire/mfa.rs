//! Second factors: of a pool and of its users.

use std::collections::BTreeMap;

use poolhouse_api_model::Operation;
use poolhouse_api_model::operations::{SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse};
use poolhouse_api_model::types::{
    AuthFactorType, SmsMfaConfigType, SoftwareTokenMfaConfigType, UserPoolMfaType,
};
use poolhouse_model::{MfaFactor, MfaFactors, MfaRequirement, MfaSettings, UserPool, UserPoolId};
use poolhouse_service::{
    AuthFactors, FactorOwner, FactorSetting, FirstFactor, MfaPreference, SetUserPoolMfaConfig,
    SmsMfa,
};
use serde_json::Value;

use super::super::api_error::{ApiError, CallError};
use super::{kept, secret};

/// Reads whether a second factor is asked for.
pub(crate) fn requirement(configuration: UserPoolMfaType) -> MfaRequirement {
    match configuration {
        UserPoolMfaType::Off => MfaRequirement::Off,
        UserPoolMfaType::Optional => MfaRequirement::Optional,
        UserPoolMfaType::On => MfaRequirement::On,
    }
}

/// Writes whether a second factor is asked for.
pub(crate) fn requirement_to_wire(requirement: MfaRequirement) -> UserPoolMfaType {
    match requirement {
        MfaRequirement::Off => UserPoolMfaType::Off,
        MfaRequirement::Optional => UserPoolMfaType::Optional,
        MfaRequirement::On => UserPoolMfaType::On,
    }
}

/// Reads what a pool asks for.
pub(crate) fn pool_config(input: SetUserPoolMfaConfigRequest) -> SetUserPoolMfaConfig {
    let software_token = input.software_token_mfa_configuration;
    SetUserPoolMfaConfig {
        pool_id: UserPoolId::new(input.user_pool_id),
        mfa: input.mfa_configuration.map(requirement),
        software_token: software_token.is_some_and(|token| token.enabled == Some(true)),
        sms: input.sms_mfa_configuration.map(|sms| SmsMfa {
            message: kept::value(sms.sms_authentication_message.as_ref()),
            configuration: kept::value(sms.sms_configuration.as_ref()),
        }),
        email: kept::value(input.email_mfa_configuration.as_ref()),
        web_authn: kept::value(input.webauthn_configuration.as_ref()),
    }
}

/// Describes what a pool asks for. `GetUserPoolMfaConfig` answers with the same members.
/// Inferred: a factor that is off is left out, and so are all where `UpdateUserPool` turned MFA off.
pub(crate) fn pool_config_to_wire(pool: &UserPool) -> SetUserPoolMfaConfigResponse {
    let settings = &pool.settings;
    let is_off = settings.mfa == MfaRequirement::Off;
    let factors = MfaFactors {
        software_token: settings.offers_software_tokens(),
        sms: settings.mfa_factors.sms && !is_off,
        email: settings.mfa_factors.email.clone().filter(|_| !is_off),
        web_authn: settings.mfa_factors.web_authn.clone(),
    };
    let operation = Operation::SetUserPoolMfaConfig;
    let members: BTreeMap<String, Value> = [
        ("EmailMfaConfiguration", factors.email),
        ("WebAuthnConfiguration", factors.web_authn),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect();
    let members = kept::Reader::new(&members, operation);
    let sms = kept::Reader::of_member(&settings.kept, operation, "SmsMfaConfiguration");
    SetUserPoolMfaConfigResponse {
        sms_mfa_configuration: factors.sms.then(|| SmsMfaConfigType {
            sms_authentication_message: sms.get("SmsAuthenticationMessage"),
            sms_configuration: sms.get("SmsConfiguration"),
        }),
        software_token_mfa_configuration: factors.software_token.then_some(
            SoftwareTokenMfaConfigType {
                enabled: Some(true),
            },
        ),
        email_mfa_configuration: members.get("EmailMfaConfiguration"),
        mfa_configuration: Some(requirement_to_wire(settings.mfa)),
        webauthn_configuration: members.get("WebAuthnConfiguration"),
    }
}

/// Reads who sets a factor up. Where both came, the access token counts.
/// # Errors
/// `InvalidParameterException` where neither came.
/// Inferred: both the choice and the text.
pub(crate) fn owner(
    access_token: Option<poolhouse_api_model::Sensitive<String>>,
    session: Option<poolhouse_api_model::Sensitive<String>>,
) -> Result<FactorOwner, CallError> {
    match (access_token, session) {
        (Some(token), _) => Ok(FactorOwner::AccessToken(secret(token))),
        (None, Some(session)) => Ok(FactorOwner::ChallengeSession(secret(session))),
        (None, None) => Err(ApiError::invalid_parameter(
            "Either AccessToken or Session must be provided.",
        )
        .into()),
    }
}

/// Reads what is said of one factor; a member that is left out says no.
fn setting(is_enabled: Option<bool>, is_preferred: Option<bool>) -> FactorSetting {
    FactorSetting {
        is_enabled: is_enabled.unwrap_or(false),
        is_preferred: is_preferred.unwrap_or(false),
    }
}

/// `Enabled` and `PreferredMfa` of a factor, where something is said of it.
type Switches = Option<(Option<bool>, Option<bool>)>;

/// Reads which second factors a user wants.
pub(crate) fn preference(
    software_token: Switches,
    sms: Switches,
    email: Switches,
    web_authn: Switches,
) -> MfaPreference {
    let read = |switches: Switches| switches.map(|(enabled, first)| setting(enabled, first));
    MfaPreference {
        software_token: read(software_token),
        sms: read(sms),
        email: read(email),
        web_authn: read(web_authn),
    }
}

/// The members that tell of a user's second factors; absent, not empty, where none is on.
#[derive(Default)]
pub(crate) struct UserSettings {
    pub(crate) preferred: Option<String>,
    pub(crate) list: Option<Vec<String>>,
}

/// Describes the second factors of a user.
pub(crate) fn user_settings(settings: &MfaSettings) -> UserSettings {
    let enabled = settings.enabled.iter().map(|factor| factor_name(*factor));
    let list: Vec<String> = enabled.map(str::to_owned).collect();
    UserSettings {
        preferred: settings
            .preferred
            .map(|factor| factor_name(factor).to_owned()),
        list: (!list.is_empty()).then_some(list),
    }
}

fn factor_name(factor: MfaFactor) -> &'static str {
    match factor {
        MfaFactor::SoftwareToken => "SOFTWARE_TOKEN_MFA",
    }
}

/// Lists the first factors of a user.
pub(crate) fn first_factors(factors: &AuthFactors) -> Vec<AuthFactorType> {
    let factors = factors.first_factors.iter();
    factors
        .map(|factor| match factor {
            FirstFactor::Password => AuthFactorType::Password,
            FirstFactor::EmailOtp => AuthFactorType::EmailOtp,
            FirstFactor::SmsOtp => AuthFactorType::SmsOtp,
        })
        .collect()
}
