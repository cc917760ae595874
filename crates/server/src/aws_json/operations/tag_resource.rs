//! `TagResource`

use poolhouse_api_model::operations::{TagResourceRequest, TagResourceResponse};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("ResourceArn", Member::Obeyed), ("Tags", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<TagResourceResponse, CallError> {
    let input: TagResourceRequest = call.input()?;
    call.service()
        .tag_resource(&input.resource_arn, input.tags)
        .await?;
    Ok(TagResourceResponse {})
}
