//! `UpdateUserPool`

use poolhouse_api_model::operations::{UpdateUserPoolRequest, UpdateUserPoolResponse};
use poolhouse_model::UserPoolId;
use poolhouse_service::UpdateUserPool;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Members, Served, joined};
use super::super::wire::user_pool_settings;
use super::create_user_pool::SETTINGS;

const OWN: &Members = &[("UserPoolId", Member::Obeyed)];

pub(super) const SERVED: Served = Served {
    entry,
    members: &joined::<{ SETTINGS.len() + OWN.len() }>(SETTINGS, OWN),
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<UpdateUserPoolResponse, CallError> {
    let mut input: UpdateUserPoolRequest = call.input()?;
    call.service()
        .update_user_pool(UpdateUserPool {
            pool_id: UserPoolId::new(std::mem::take(&mut input.user_pool_id)),
            name: input.pool_name.clone(),
            settings: user_pool_settings::updated_settings(input)?,
        })
        .await?;
    Ok(UpdateUserPoolResponse {})
}
