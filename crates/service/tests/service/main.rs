//! The use cases against a real store, on every engine.
#![expect(
    clippy::unwrap_used,
    reason = "a test fails where something is not as it must be"
)]

mod access_tokens;
mod account_switches;
mod admin_creations;
mod alias_changes;
mod at_rest;
mod attribute_changes;
mod attribute_codes;
mod attribute_verification;
mod authorizations;
mod browser_sessions;
mod challenge_sessions;
mod changing_attributes;
mod changing_clients;
mod changing_domains;
mod changing_pools;
mod claimed_attributes;
mod claims;
mod code_exchanges;
mod confirmations;
mod enabled_flows;
mod facts;
mod lockouts;
mod logouts;
mod message_limits;
mod message_texts;
mod messages;
mod mfa_on_the_page;
mod mfa_preferences;
mod mfa_setups;
mod new_passwords;
mod outbox;
mod page_tokens;
mod password_changes;
mod password_history;
mod password_policies;
mod password_reset_states;
mod password_resets;
mod passwords;
mod pool_mfa_configs;
mod pools_and_clients;
mod reading_tokens;
mod refreshes;
mod revocations;
mod rotations;
mod seeds;
mod sign_in_by_password;
mod sign_in_by_srp;
mod sign_ups;
mod software_token_challenges;
mod software_tokens;
mod tags;
mod unserved_settings;
mod user_existence;
mod user_infos;
mod user_lists;
mod user_names;
mod users_by_administrators;
mod verification_links;
mod whole_store;
