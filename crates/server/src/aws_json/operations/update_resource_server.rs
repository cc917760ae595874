//! `UpdateResourceServer`

use poolhouse_api_model::operations::{UpdateResourceServerRequest, UpdateResourceServerResponse};
use poolhouse_model::UserPoolId;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::resource_server;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("Identifier", Member::Obeyed),
        ("Name", Member::Obeyed),
        ("Scopes", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<UpdateResourceServerResponse, CallError> {
    let input: UpdateResourceServerRequest = call.input()?;
    let server = resource_server::from_wire(
        UserPoolId::new(input.user_pool_id),
        input.identifier,
        input.name,
        input.scopes,
    );
    let server = call.service().update_resource_server(server).await?;
    Ok(UpdateResourceServerResponse {
        resource_server: resource_server::to_wire(&server),
    })
}
