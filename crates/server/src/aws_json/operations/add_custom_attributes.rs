//! `AddCustomAttributes`

use poolhouse_api_model::operations::{AddCustomAttributesRequest, AddCustomAttributesResponse};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::schema;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("CustomAttributes", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AddCustomAttributesResponse, CallError> {
    let input: AddCustomAttributesRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    let attributes = input.custom_attributes.into_iter().map(schema::request);
    call.service()
        .add_custom_attributes(&pool_id, attributes.collect())
        .await?;
    Ok(AddCustomAttributesResponse {})
}
