//! `GetUserAttributeVerificationCode`

use poolhouse_api_model::operations::{
    GetUserAttributeVerificationCodeRequest, GetUserAttributeVerificationCodeResponse,
};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::code_delivery;

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("AccessToken", Member::Obeyed),
        ("AttributeName", Member::Obeyed),
        (
            "ClientMetadata",
            Member::Harmless("only triggers read it, and a pool with triggers refuses"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<GetUserAttributeVerificationCodeResponse, CallError> {
    let input: GetUserAttributeVerificationCodeRequest = call.input()?;
    let delivery = call
        .service()
        .get_user_attribute_verification_code(input.access_token.expose(), &input.attribute_name)
        .await?;
    Ok(GetUserAttributeVerificationCodeResponse {
        code_delivery_details: Some(code_delivery::details(&delivery)),
    })
}
