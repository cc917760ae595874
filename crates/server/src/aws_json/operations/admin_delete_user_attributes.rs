//! `AdminDeleteUserAttributes`

use poolhouse_api_model::operations::{
    AdminDeleteUserAttributesRequest, AdminDeleteUserAttributesResponse,
};
use poolhouse_model::UserPoolId;
use poolhouse_service::AdminDeleteUserAttributes;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("Username", Member::Obeyed),
        ("UserAttributeNames", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminDeleteUserAttributesResponse, CallError> {
    let input: AdminDeleteUserAttributesRequest = call.input()?;
    call.service()
        .admin_delete_user_attributes(AdminDeleteUserAttributes {
            pool_id: UserPoolId::new(input.user_pool_id),
            username: input.username.into_inner(),
            names: input.user_attribute_names,
        })
        .await?;
    Ok(AdminDeleteUserAttributesResponse {})
}
