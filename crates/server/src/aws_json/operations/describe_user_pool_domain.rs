//! `DescribeUserPoolDomain`

use poolhouse_api_model::operations::{
    DescribeUserPoolDomainRequest, DescribeUserPoolDomainResponse,
};
use poolhouse_api_model::types::DomainDescriptionType;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::domain;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("Domain", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<DescribeUserPoolDomainResponse, CallError> {
    let input: DescribeUserPoolDomainRequest = call.input()?;
    let service = call.service();
    let found = service.describe_domain(&input.domain).await?;
    let account_id = &service.settings().account_id;
    // A domain that nobody has is described as an empty object.
    let description = match &found {
        Some(found) => domain::description(found, account_id),
        None => DomainDescriptionType::default(),
    };
    Ok(DescribeUserPoolDomainResponse {
        domain_description: Some(description),
    })
}
