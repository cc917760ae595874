//! `UpdateUserAttributes`

use poolhouse_api_model::operations::{UpdateUserAttributesRequest, UpdateUserAttributesResponse};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{attributes, code_delivery};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserAttributes", Member::Obeyed),
        ("AccessToken", Member::Obeyed),
        (
            "ClientMetadata",
            Member::Harmless("only triggers read it, and a pool with triggers refuses"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<UpdateUserAttributesResponse, CallError> {
    let input: UpdateUserAttributesRequest = call.input()?;
    let attributes = attributes::writes(input.user_attributes);
    let deliveries = call
        .service()
        .update_user_attributes(input.access_token.expose(), attributes)
        .await?;
    // A list even when no code was sent, as every client takes one.
    let details = deliveries.iter().map(code_delivery::details).collect();
    Ok(UpdateUserAttributesResponse {
        code_delivery_details_list: Some(details),
    })
}
