//! `UpdateUserPoolClient`

use poolhouse_api_model::operations::{UpdateUserPoolClientRequest, UpdateUserPoolClientResponse};
use poolhouse_model::UserPoolId;
use poolhouse_service::UpdateUserPoolClient;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Members, Served, joined};
use super::super::wire::{app_client, client_id};
use super::create_user_pool_client::SETTINGS;

const OWN: &Members = &[("ClientId", Member::Obeyed)];

pub(super) const SERVED: Served = Served {
    entry,
    members: &joined::<{ SETTINGS.len() + OWN.len() }>(SETTINGS, OWN),
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<UpdateUserPoolClientResponse, CallError> {
    let mut input: UpdateUserPoolClientRequest = app_client::input(call)?;
    let described = call
        .service()
        .update_user_pool_client(UpdateUserPoolClient {
            pool_id: UserPoolId::new(std::mem::take(&mut input.user_pool_id)),
            client_id: client_id(input.client_id.clone()),
            name: input.client_name.clone(),
            settings: app_client::updated_settings(input)?,
        })
        .await?;
    Ok(UpdateUserPoolClientResponse {
        user_pool_client: Some(app_client::to_wire(&described)),
    })
}
