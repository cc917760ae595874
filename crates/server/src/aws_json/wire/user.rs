//! Users.

use poolhouse_api_model::types::{AttributeType, UserType};
use poolhouse_model::User;

use super::{attributes, instant, user_status};

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
        user_status: Some(user_status::to_wire(user.status)),
        mfa_options: None,
    }
}
