//! User pools: made, read, listed, changed, deleted.

mod add_custom_attributes;
mod change_user_pool;
mod create_user_pool;
mod delete_user_pool;
mod describe_user_pool;
mod list_user_pools;
mod message_rules;
mod schema_rules;
mod settings_rules;
mod tag_rules;
mod tags;
mod update_user_pool;

pub use create_user_pool::CreateUserPool;
pub use describe_user_pool::DescribedUserPool;
pub use list_user_pools::PoolPage;
pub use schema_rules::{AttributeRequest, schema_of};
pub(crate) use settings_rules::check_settings as check_pool_settings;
pub use update_user_pool::UpdateUserPool;
pub(crate) use update_user_pool::{is_updated_setting, updated_settings};
