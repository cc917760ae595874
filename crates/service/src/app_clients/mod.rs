//! App clients: made, read, listed, deleted.

mod create_user_pool_client;
mod delete_user_pool_client;
mod describe_user_pool_client;
mod list_user_pool_clients;
mod settings_rules;

pub use create_user_pool_client::CreateUserPoolClient;
pub use describe_user_pool_client::DescribedAppClient;
pub use list_user_pool_clients::ClientPage;
pub(crate) use settings_rules::check_settings as check_client_settings;
