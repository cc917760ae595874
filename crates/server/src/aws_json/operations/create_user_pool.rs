//! `CreateUserPool`

use poolhouse_api_model::operations::{CreateUserPoolRequest, CreateUserPoolResponse};
use poolhouse_service::CreateUserPool;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Members, Served, joined};
use super::super::wire::{user_pool, user_pool_settings};

/// Verdicts on the settings that `UpdateUserPool` has too.
pub(super) const SETTINGS: &Members = &[
    ("PoolName", Member::Obeyed),
    (
        "Policies",
        Member::Refusing(
            "a sign-in policy without PASSWORD refuses sign-in; password policy and history are obeyed",
        ),
    ),
    ("DeletionProtection", Member::Obeyed),
    (
        "LambdaConfig",
        Member::Refusing(
            "sign-up, AdminCreateUser, sign-in, password resets, codes for attributes and tokens of \
             clients refuse while a trigger is set that they would call",
        ),
    ),
    ("AutoVerifiedAttributes", Member::Obeyed),
    ("SmsVerificationMessage", Member::Obeyed),
    ("EmailVerificationMessage", Member::Obeyed),
    ("EmailVerificationSubject", Member::Obeyed),
    ("VerificationMessageTemplate", Member::Obeyed),
    (
        "SmsAuthenticationMessage",
        Member::Harmless("no second factor is sent by SMS"),
    ),
    (
        "MfaConfiguration",
        Member::Refusing(
            "authenticator apps are served; where it is ON, a user without one is refused sign-in until SetUserPoolMfaConfig enables them",
        ),
    ),
    ("UserAttributeUpdateSettings", Member::Obeyed),
    (
        "DeviceConfiguration",
        Member::Refusing("sign-in refuses while devices are tracked"),
    ),
    (
        "EmailConfiguration",
        Member::Harmless(
            "sender and reply address are obeyed; mail leaves by the server's SMTP settings",
        ),
    ),
    (
        "SmsConfiguration",
        Member::Harmless("SMS leaves by the server's gateway settings"),
    ),
    ("UserPoolTags", Member::Obeyed),
    ("AdminCreateUserConfig", Member::Obeyed),
    (
        "UserPoolAddOns",
        Member::Refusing("sign-in refuses while AdvancedSecurityMode is ENFORCED"),
    ),
    (
        "DcrConfiguration",
        Member::Refusing("the operation refuses it"),
    ),
    ("AccountRecoverySetting", Member::Obeyed),
    (
        "UserPoolTier",
        Member::Harmless("no feature is bound to a tier"),
    ),
    (
        "KeyConfiguration",
        Member::Refusing("the operation refuses it"),
    ),
    (
        "IssuerConfiguration",
        Member::Refusing("the operation refuses it"),
    ),
    (
        "AcrConfiguration",
        Member::Refusing("the operation refuses it"),
    ),
];

const OWN: &Members = &[
    ("AliasAttributes", Member::Obeyed),
    ("UsernameAttributes", Member::Obeyed),
    ("Schema", Member::Obeyed),
    ("UsernameConfiguration", Member::Obeyed),
];

pub(super) const SERVED: Served = Served {
    entry,
    members: &joined::<{ SETTINGS.len() + OWN.len() }>(SETTINGS, OWN),
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<CreateUserPoolResponse, CallError> {
    let input: CreateUserPoolRequest = call.input()?;
    let name = input.pool_name.clone();
    let pool = call
        .service()
        .create_user_pool(CreateUserPool {
            name,
            region: call.region(),
            settings: user_pool_settings::settings(input)?,
        })
        .await?;
    let described = call.service().describe_user_pool(&pool.id).await?;
    Ok(CreateUserPoolResponse {
        user_pool: Some(user_pool::to_wire(&described)),
    })
}
