//! `GetUICustomization`

use poolhouse_api_model::operations::{GetUICustomizationRequest, GetUICustomizationResponse};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::ui_customization;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("UserPoolId", Member::Obeyed), ("ClientId", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<GetUICustomizationResponse, CallError> {
    let input: GetUICustomizationRequest = call.input()?;
    let service = call.service();
    let pool_id = UserPoolId::new(input.user_pool_id);
    let client_id = ui_customization::whose(input.client_id);
    let found = service.get_ui_customization(&pool_id, client_id).await?;
    Ok(GetUICustomizationResponse {
        ui_customization: ui_customization::to_wire(found, &service.settings().public_url),
    })
}
