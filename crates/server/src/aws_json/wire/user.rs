//! Users.

use poolhouse_api_model::types::{AttributeType, UserStatusType, UserType};
use poolhouse_model::{User, UserStatus};

use super::{attributes, instant};

/// The status as the wire names it.
pub(crate) fn status(status: UserStatus) -> UserStatusType {
    match status {
        UserStatus::Unconfirmed => UserStatusType::Unconfirmed,
        UserStatus::Confirmed => UserStatusType::Confirmed,
        UserStatus::ForceChangePassword => UserStatusType::ForceChangePassword,
        UserStatus::ResetRequired => UserStatusType::ResetRequired,
        UserStatus::ExternalProvider => UserStatusType::ExternalProvider,
    }
}

/// The name of a status.
pub(crate) fn status_name(of: UserStatus) -> &'static str {
    status(of).as_str()
}

/// The attributes of a user, `sub` first.
pub(crate) fn attributes_with_sub(user: &User) -> Vec<AttributeType> {
    let mut list = vec![attributes::attribute("sub", user.sub.as_str())];
    list.extend(attributes::to_wire(&user.attributes));
    list
}

/// A user as `AdminCreateUser` answers it.
pub(crate) fn user_type(user: &User) -> UserType {
    UserType {
        username: Some(user.username.as_str().into()),
        attributes: Some(attributes_with_sub(user)),
        user_create_date: Some(instant(user.created_at)),
        user_last_modified_date: Some(instant(user.updated_at)),
        enabled: Some(user.is_enabled),
        user_status: Some(status(user.status)),
        mfa_options: None,
    }
}
