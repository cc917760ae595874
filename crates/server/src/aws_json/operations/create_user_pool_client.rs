//! `CreateUserPoolClient`

use poolhouse_api_model::operations::{CreateUserPoolClientRequest, CreateUserPoolClientResponse};
use poolhouse_model::UserPoolId;
use poolhouse_service::CreateUserPoolClient;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Members, Served, joined};
use super::super::wire::{app_client, secret};

/// Verdicts on the settings that `UpdateUserPoolClient` has too.
pub(super) const SETTINGS: &Members = &[
    ("UserPoolId", Member::Obeyed),
    ("ClientName", Member::Obeyed),
    ("RefreshTokenValidity", Member::Obeyed),
    ("AccessTokenValidity", Member::Obeyed),
    ("IdTokenValidity", Member::Obeyed),
    ("TokenValidityUnits", Member::Obeyed),
    ("ReadAttributes", Member::Obeyed),
    ("WriteAttributes", Member::Obeyed),
    (
        "ExplicitAuthFlows",
        Member::Refusing(
            "CUSTOM_AUTH and USER_AUTH answer that they are not enabled; the operation refuses the \
             flows for exchanging tokens",
        ),
    ),
    (
        "SupportedIdentityProviders",
        Member::Refusing("the operation refuses providers other than COGNITO"),
    ),
    ("CallbackURLs", Member::Obeyed),
    ("LogoutURLs", Member::Obeyed),
    ("DefaultRedirectURI", Member::Obeyed),
    ("AllowedOAuthFlows", Member::Obeyed),
    ("AllowedOAuthScopes", Member::Obeyed),
    ("AllowedOAuthFlowsUserPoolClient", Member::Obeyed),
    (
        "AnalyticsConfiguration",
        Member::Harmless("no analytics are collected"),
    ),
    ("PreventUserExistenceErrors", Member::Obeyed),
    ("EnableTokenRevocation", Member::Obeyed),
    (
        "EnablePropagateAdditionalUserContextData",
        Member::Harmless("threat protection is not served yet"),
    ),
    ("AuthSessionValidity", Member::Obeyed),
    ("RefreshTokenRotation", Member::Obeyed),
];

const OWN: &Members = &[
    ("GenerateSecret", Member::Obeyed),
    ("ClientSecret", Member::Obeyed),
];

pub(super) const SERVED: Served = Served {
    entry,
    members: &joined::<{ SETTINGS.len() + OWN.len() }>(SETTINGS, OWN),
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<CreateUserPoolClientResponse, CallError> {
    let mut input: CreateUserPoolClientRequest = app_client::input(call)?;
    let described = call
        .service()
        .create_user_pool_client(CreateUserPoolClient {
            pool_id: UserPoolId::new(std::mem::take(&mut input.user_pool_id)),
            name: std::mem::take(&mut input.client_name),
            generates_secret: input.generate_secret.unwrap_or(false),
            client_secret: input.client_secret.take().map(secret),
            settings: app_client::settings(input)?,
        })
        .await?;
    Ok(CreateUserPoolClientResponse {
        user_pool_client: Some(app_client::to_wire(&described)),
    })
}
