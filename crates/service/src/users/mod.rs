//! Users as administrators and they themselves see and change them.

mod admin_create_user;
mod admin_delete_user;
mod admin_get_user;
mod admin_set_user_password;
mod get_user;
mod invitations;
mod temporary_password;

pub use admin_create_user::{AdminCreateUser, MessageAction};
pub use admin_set_user_password::AdminSetUserPassword;
