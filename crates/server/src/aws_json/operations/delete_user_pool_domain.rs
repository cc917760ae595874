//! `DeleteUserPoolDomain`

use poolhouse_api_model::operations::{DeleteUserPoolDomainRequest, DeleteUserPoolDomainResponse};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("Domain", Member::Obeyed), ("UserPoolId", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<DeleteUserPoolDomainResponse, CallError> {
    let input: DeleteUserPoolDomainRequest = call.input()?;
    let pool_id = UserPoolId::new(input.user_pool_id);
    call.service()
        .delete_domain(&pool_id, &input.domain)
        .await?;
    Ok(DeleteUserPoolDomainResponse {})
}
