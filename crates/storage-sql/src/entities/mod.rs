//! Rows of each entity: SQL text, parameters, and the way back into the model.

mod app_clients;
mod authorization_codes;
mod browser_sessions;
mod challenge_sessions;
mod confirmation_codes;
mod domains;
mod groups;
mod housekeeping;
mod lockouts;
mod outbox;
mod password_history;
mod pool_keys;
mod resource_servers;
pub(crate) mod searchable_attributes;
mod sign_in_names;
mod sign_ins;
mod token_families;
mod ui_customizations;
mod user_lists;
mod user_mfa;
mod user_pools;
mod users;
mod writes;

#[cfg(test)]
pub(crate) mod tests;

use poolhouse_storage::StorageError;

type Result<T> = std::result::Result<T, StorageError>;
