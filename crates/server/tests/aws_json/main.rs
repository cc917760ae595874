//! The JSON API, called in process.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails where something is not there"
)]

mod api;
mod changing_clients;
mod changing_pools;
mod credentials;
mod descriptions;
mod flows;
mod hostile_bodies;
mod message_settings;
mod missing_things;
mod passwords;
mod pools_and_clients;
mod second_factors;
mod user_attributes;
mod users;
mod wire;
