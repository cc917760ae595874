//! `SetUICustomization`

use poolhouse_api_model::operations::{SetUICustomizationRequest, SetUICustomizationResponse};
use poolhouse_model::UserPoolId;
use poolhouse_service::SetUiCustomization;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::ui_customization;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("ClientId", Member::Obeyed),
        ("CSS", Member::Obeyed),
        ("ImageFile", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<SetUICustomizationResponse, CallError> {
    let input: SetUICustomizationRequest = call.input()?;
    let service = call.service();
    let set = service
        .set_ui_customization(SetUiCustomization {
            pool_id: UserPoolId::new(input.user_pool_id),
            client_id: ui_customization::whose(input.client_id),
            css: input.css,
            image: input.image_file.map(poolhouse_api_model::Blob::into_bytes),
        })
        .await?;
    Ok(SetUICustomizationResponse {
        ui_customization: ui_customization::to_wire(set, &service.settings().public_url),
    })
}
