//! `DeleteUserAttributes`

use poolhouse_api_model::operations::{DeleteUserAttributesRequest, DeleteUserAttributesResponse};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserAttributeNames", Member::Obeyed),
        ("AccessToken", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<DeleteUserAttributesResponse, CallError> {
    let input: DeleteUserAttributesRequest = call.input()?;
    call.service()
        .delete_user_attributes(input.access_token.expose(), input.user_attribute_names)
        .await?;
    Ok(DeleteUserAttributesResponse {})
}
