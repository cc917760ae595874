//! `AdminCreateUser`

use poolhouse_api_model::operations::{AdminCreateUserRequest, AdminCreateUserResponse};
use poolhouse_api_model::types::{DeliveryMediumType, MessageActionType};
use poolhouse_model::{Channel, UserPoolId};
use poolhouse_service::{AdminCreateUser, MessageAction};

use super::super::api_error::CallError;
use super::super::call::{Answer, Call, reply};
use super::super::door::{Member, Served};
use super::super::wire::{attributes, secret, user};

pub(super) const SERVED: Served = Served {
    entry,
    members: &[
        ("UserPoolId", Member::Obeyed),
        ("Username", Member::Obeyed),
        ("UserAttributes", Member::Obeyed),
        (
            "ValidationData",
            Member::Harmless("only triggers read it, and a pool with triggers refuses"),
        ),
        ("TemporaryPassword", Member::Obeyed),
        ("ForceAliasCreation", Member::Obeyed),
        ("MessageAction", Member::Obeyed),
        ("DesiredDeliveryMediums", Member::Obeyed),
        (
            "ClientMetadata",
            Member::Harmless("only triggers read it, and a pool with triggers refuses"),
        ),
    ],
};

fn entry<'a>(call: &'a Call<'a>) -> Answer<'a> {
    Box::pin(async move { reply(handle(call).await) })
}

async fn handle(call: &Call<'_>) -> Result<AdminCreateUserResponse, CallError> {
    let input: AdminCreateUserRequest = call.input()?;
    let mediums = input.desired_delivery_mediums.unwrap_or_default();
    let user = call
        .service()
        .admin_create_user(AdminCreateUser {
            pool_id: UserPoolId::new(input.user_pool_id),
            username: input.username.into_inner(),
            temporary_password: input.temporary_password.map(secret),
            attributes: attributes::from_wire(input.user_attributes)?,
            message_action: input.message_action.map(message_action),
            channels: mediums.into_iter().map(channel).collect(),
            forces_alias_creation: input.force_alias_creation.unwrap_or(false),
        })
        .await?;
    Ok(AdminCreateUserResponse {
        user: Some(user::user_type(&user)),
    })
}

fn message_action(action: MessageActionType) -> MessageAction {
    match action {
        MessageActionType::Resend => MessageAction::Resend,
        MessageActionType::Suppress => MessageAction::Suppress,
    }
}

fn channel(medium: DeliveryMediumType) -> Channel {
    match medium {
        DeliveryMediumType::Sms => Channel::Sms,
        DeliveryMediumType::Email => Channel::Email,
    }
}
