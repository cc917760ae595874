//! `SetUserPoolMfaConfig`

use poolhouse_model::{MfaFactors, MfaRequirement, UserPool, UserPoolId};
use serde_json::Value;

use crate::error::ServiceError;
use crate::service::Service;

/// Where a pool keeps the gateway that its SMS go through, which `CreateUserPool` sets as well.
const SMS_CONFIGURATION: &str = "SmsConfiguration";

/// Where a pool keeps the text of codes that come by SMS, which `CreateUserPool` sets as well.
const SMS_MESSAGE: &str = "SmsAuthenticationMessage";

/// Codes by SMS, as they are set up; the members as they came.
#[derive(Clone, Debug, Default)]
pub struct SmsMfa {
    /// The text of the message.
    pub message: Option<Value>,
    /// The gateway.
    pub configuration: Option<Value>,
}

/// What a pool asks for as second factor. Every factor that is not named is off.
#[derive(Clone, Debug)]
pub struct SetUserPoolMfaConfig {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Whether a second factor is asked for; `None` leaves it as it is.
    pub mfa: Option<MfaRequirement>,
    /// Whether users can set up an authenticator app.
    pub software_token: bool,
    /// Codes by SMS.
    pub sms: Option<SmsMfa>,
    /// Texts of codes by mail, as they came.
    pub email: Option<Value>,
    /// Settings of passkeys, as they came; `None` leaves them, as they are no second factor.
    pub web_authn: Option<Value>,
}

impl Service {
    /// Sets what a pool asks for as second factor.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`]; [`ServiceError::InvalidInput`] for factors without a
    /// reason to ask for them, and the reverse.
    /// Source: API reference, `SetUserPoolMfaConfig`. Inferred: that the requirement stays when
    /// none is given.
    pub async fn set_user_pool_mfa_config(
        &self,
        request: SetUserPoolMfaConfig,
    ) -> Result<UserPool, ServiceError> {
        self.change_pool(&request.pool_id, |pool| {
            let settings = &mut pool.settings;
            let mfa = request.mfa.unwrap_or(settings.mfa);
            check_factors(&request, mfa)?;
            if let Some(sms) = &request.sms {
                for (name, value) in [
                    (SMS_CONFIGURATION, &sms.configuration),
                    (SMS_MESSAGE, &sms.message),
                ] {
                    if let Some(value) = value {
                        settings.kept.insert(name.to_owned(), value.clone());
                    }
                }
                check_sms_gateway(&settings.kept)?;
            }
            settings.mfa = mfa;
            settings.mfa_factors = MfaFactors {
                software_token: request.software_token,
                sms: request.sms.is_some(),
                email: request.email.clone(),
                web_authn: request
                    .web_authn
                    .clone()
                    .or_else(|| settings.mfa_factors.web_authn.take()),
            };
            Ok(())
        })
        .await
    }
}

/// Source: recorded answers (go-to-k/cdkd#1923 and its sources).
fn check_factors(request: &SetUserPoolMfaConfig, mfa: MfaRequirement) -> Result<(), ServiceError> {
    let has_factor = request.software_token || request.sms.is_some() || request.email.is_some();
    let text = match (mfa, has_factor) {
        (MfaRequirement::Off, true) => {
            "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
        }
        (MfaRequirement::On | MfaRequirement::Optional, false) => {
            "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be \
             enabled."
        }
        _ => return Ok(()),
    };
    Err(ServiceError::InvalidInput(text.to_owned()))
}

/// Inferred: that codes by SMS need a gateway here or from before, and the text.
fn check_sms_gateway(kept: &std::collections::BTreeMap<String, Value>) -> Result<(), ServiceError> {
    if kept.contains_key(SMS_CONFIGURATION) {
        return Ok(());
    }
    Err(ServiceError::InvalidInput(
        "SmsMfaConfiguration needs an SmsConfiguration.".to_owned(),
    ))
}
