//! User pools: made, read, listed, deleted.

mod change_user_pool;
mod create_user_pool;
mod delete_user_pool;
mod describe_user_pool;
mod list_user_pools;
mod message_rules;
mod schema_rules;

pub use create_user_pool::CreateUserPool;
pub(crate) use create_user_pool::check_settings as check_pool_settings;
pub use describe_user_pool::DescribedUserPool;
pub use list_user_pools::PoolPage;
pub use schema_rules::{AttributeRequest, schema_of};
