//! `DeleteUser`

use poolhouse_api_model::operations::DeleteUserRequest;

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[("AccessToken", Member::Obeyed)],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<(), CallError> {
    let input: DeleteUserRequest = call.input()?;
    let access_token = input.access_token.expose();
    call.service().delete_user(access_token).await?;
    Ok(())
}
