//! The JSON API, called in process.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails where something is not there"
)]

mod api;
mod changing_clients;
mod changing_pools;
mod client_tokens;
mod credentials;
mod descriptions;
mod every_operation;
mod flows;
mod groups;
mod hostile_bodies;
mod message_settings;
mod missing_things;
mod passwords;
mod pools_and_clients;
mod resource_servers;
mod second_factors;
mod ui_customizations;
mod user_attributes;
mod users;
mod wire;
