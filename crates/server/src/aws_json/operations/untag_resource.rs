//! `UntagResource`

use poolhouse_api_model::operations::{UntagResourceRequest, UntagResourceResponse};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("ResourceArn", Member::Obeyed), ("TagKeys", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<UntagResourceResponse, CallError> {
    let input: UntagResourceRequest = call.input()?;
    call.service()
        .untag_resource(&input.resource_arn, &input.tag_keys)
        .await?;
    Ok(UntagResourceResponse {})
}
