//! From wire types to the domain's and back, for what several operations share.

pub(super) mod app_client;
pub(super) mod attributes;
pub(super) mod authentication;
pub(super) mod code_delivery;
pub(super) mod domain;
pub(super) mod group;
pub(super) mod kept;
pub(super) mod message_settings;
pub(super) mod mfa;
pub(super) mod resource_server;
pub(super) mod schema;
pub(super) mod ui_customization;
pub(super) mod user;
pub(super) mod user_pool;
pub(super) mod user_pool_settings;
pub(super) mod user_status;

use poolhouse_api_model::{Sensitive, Timestamp as WireTimestamp};
use poolhouse_model::{ClientId, SecretString, Timestamp};

/// Entries on a page when the call does not say.
/// Source: API reference, `ListUsers`, for its own list. Inferred: that a limit of 0 says nothing.
const DEFAULT_PAGE: u32 = 60;

/// How many entries a page has, by a `Limit` of 0 to 60.
pub(super) fn page_limit(limit: Option<i32>) -> u32 {
    let limit = limit.and_then(|limit| u32::try_from(limit).ok());
    limit.filter(|limit| *limit > 0).unwrap_or(DEFAULT_PAGE)
}

/// A secret as the domain holds it.
pub(super) fn secret(value: Sensitive<String>) -> SecretString {
    SecretString::new(value.into_inner())
}

/// A secret as the wire carries it.
pub(super) fn sensitive(secret: &SecretString) -> Sensitive<String> {
    secret.expose().into()
}

/// A client's id as the domain holds it.
pub(super) fn client_id(value: Sensitive<String>) -> ClientId {
    ClientId::new(value.into_inner())
}

/// An instant as the wire carries it.
pub(super) fn instant(at: Timestamp) -> WireTimestamp {
    WireTimestamp::from_millis(at.as_millis())
}
