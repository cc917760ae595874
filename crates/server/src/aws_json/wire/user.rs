//! Users.

use poolhouse_api_model::types::{AttributeType, UserType};
use poolhouse_model::User;
use poolhouse_service::UserOnPage;

use super::{attributes, instant, user_status};

/// The attributes of a user, `sub` first.
pub(crate) fn attributes_with_sub(user: &User) -> Vec<AttributeType> {
    let mut list = vec![attributes::attribute("sub", user.sub.as_str())];
    list.extend(attributes::to_wire(&user.attributes));
    list
}

/// A user as `AdminCreateUser` answers it.
pub(crate) fn user_type(user: &User) -> UserType {
    with_attributes(user, attributes_with_sub(user))
}

/// A user of a list, with the attributes that were asked for.
pub(crate) fn on_page(listed: &UserOnPage) -> UserType {
    let user = &listed.user;
    let attributes = if listed.shows_sub {
        attributes_with_sub(user)
    } else {
        attributes::to_wire(&user.attributes)
    };
    with_attributes(user, attributes)
}

fn with_attributes(user: &User, attributes: Vec<AttributeType>) -> UserType {
    UserType {
        username: Some(user.username.as_str().into()),
        attributes: Some(attributes),
        user_create_date: Some(instant(user.created_at)),
        user_last_modified_date: Some(instant(user.updated_at)),
        enabled: Some(user.is_enabled),
        user_status: Some(user_status::to_wire(user.status)),
        mfa_options: None,
    }
}
