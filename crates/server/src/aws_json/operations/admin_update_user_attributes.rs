//! `AdminUpdateUserAttributes`

use poolhouse_api_model::operations::{
    AdminUpdateUserAttributesRequest, AdminUpdateUserAttributesResponse,
};
use poolhouse_model::UserPoolId;
use poolhouse_service::AdminUpdateUserAttributes;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::attributes;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("Username", Member::Obeyed),
        ("UserAttributes", Member::Obeyed),
        (
            "ClientMetadata",
            Member::Harmless("only triggers read it, and a pool with triggers refuses"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminUpdateUserAttributesResponse, CallError> {
    let input: AdminUpdateUserAttributesRequest = call.input()?;
    call.service()
        .admin_update_user_attributes(AdminUpdateUserAttributes {
            pool_id: UserPoolId::new(input.user_pool_id),
            username: input.username.into_inner(),
            attributes: attributes::writes(input.user_attributes),
        })
        .await?;
    Ok(AdminUpdateUserAttributesResponse {})
}
