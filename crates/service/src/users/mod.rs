//! Users as administrators and they themselves see and change them.

mod admin_create_user;
mod admin_delete_user;
mod admin_delete_user_attributes;
mod admin_enable_user;
mod admin_get_user;
mod admin_set_user_password;
mod admin_update_user_attributes;
mod admin_user_global_sign_out;
mod attribute_changes;
mod change_attributes;
mod change_password;
mod delete_user;
mod delete_user_attributes;
mod get_user;
mod get_user_attribute_verification_code;
mod invitations;
mod list_users;
mod temporary_password;
mod update_user_attributes;
mod user_search;
mod verify_user_attribute;

pub use admin_create_user::{AdminCreateUser, MessageAction};
pub use admin_delete_user_attributes::AdminDeleteUserAttributes;
pub use admin_set_user_password::AdminSetUserPassword;
pub use admin_update_user_attributes::AdminUpdateUserAttributes;
pub use change_password::ChangePassword;
pub use get_user::OwnUser;
pub use list_users::{ListUsers, UserOnPage, UsersPage};
pub use verify_user_attribute::VerifyUserAttribute;
