//! App clients: made, read, listed, changed, deleted.

mod add_redirect_address;
mod change_user_pool_client;
mod create_user_pool_client;
mod delete_user_pool_client;
mod describe_user_pool_client;
mod list_user_pool_clients;
mod settings_rules;
mod update_user_pool_client;

pub use create_user_pool_client::{CreateUserPoolClient, asks_for_fixed_client_id};
pub use describe_user_pool_client::DescribedAppClient;
pub use list_user_pool_clients::ClientPage;
pub(crate) use settings_rules::{Deed as ClientDeed, check_settings as check_client_settings};
pub use update_user_pool_client::UpdateUserPoolClient;
