//! `ListTagsForResource`

use poolhouse_api_model::operations::{ListTagsForResourceRequest, ListTagsForResourceResponse};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("ResourceArn", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<ListTagsForResourceResponse, CallError> {
    let input: ListTagsForResourceRequest = call.input()?;
    let tags = call.service().list_tags(&input.resource_arn).await?;
    Ok(ListTagsForResourceResponse { tags: Some(tags) })
}
