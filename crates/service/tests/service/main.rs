//! The use cases against a real store, on every engine.

mod enabled_flows;
mod facts;
mod lockouts;
mod new_passwords;
mod sign_in_by_password;
mod sign_in_by_srp;
mod users_by_administrators;
