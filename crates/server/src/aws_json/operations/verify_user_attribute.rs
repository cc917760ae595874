//! `VerifyUserAttribute`

use poolhouse_api_model::operations::{VerifyUserAttributeRequest, VerifyUserAttributeResponse};
use poolhouse_service::VerifyUserAttribute;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::secret;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("AccessToken", Member::Obeyed),
        ("AttributeName", Member::Obeyed),
        ("Code", Member::Obeyed),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<VerifyUserAttributeResponse, CallError> {
    let input: VerifyUserAttributeRequest = call.input()?;
    call.service()
        .verify_user_attribute(VerifyUserAttribute {
            access_token: secret(input.access_token),
            attribute: input.attribute_name,
            code: secret(input.code),
        })
        .await?;
    Ok(VerifyUserAttributeResponse {})
}
