//! Tokens: which claims they carry, how long they live, how they are renewed, checked and ended.

mod access_token;
mod client_token;
mod current_claims;
mod issue;
mod refresh;
mod revoke;

pub use access_token::VerifiedAccessToken;
pub use client_token::{ClientToken, GetClientToken};
pub(crate) use current_claims::CurrentClaims;
pub use issue::IssuedTokens;
pub(crate) use issue::{Grant, Minting};
pub use refresh::RefreshRequest;
pub use revoke::RevokeToken;

use poolhouse_model::{AppClient, Attributes, TokenFamily, TokenOrigin, User};
use poolhouse_oauth::scope::{AttributeFilter, Scopes, attributes_for};

/// Which attributes an answer to the client may hold: what it may read, and in tokens of the OAuth
/// endpoints what the scopes open.
pub(crate) fn visible_attributes<'a>(
    client: &AppClient,
    attributes: &'a Attributes,
    filter: &AttributeFilter,
) -> Vec<(&'a str, &'a str)> {
    attributes
        .iter()
        .filter(|(name, _)| client.settings.may_read(name) && filter.admits(name))
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// Which attributes the scopes of a family open. Tokens of the API hold every readable one.
pub(crate) fn attribute_filter(family: &TokenFamily) -> AttributeFilter {
    match family.origin {
        TokenOrigin::Api => AttributeFilter::All,
        TokenOrigin::OAuth => attributes_for(&scopes_of(family)),
    }
}

/// The scopes of a family.
pub(crate) fn scopes_of(family: &TokenFamily) -> Scopes {
    let scopes: Vec<String> = family.scope.split(' ').map(str::to_owned).collect();
    Scopes::from_list(&scopes)
}

/// Whether a family's tokens still work: not revoked, not overtaken by a sign-out everywhere or a
/// password change, and its user enabled.
pub(crate) fn is_alive(family: &TokenFamily, user: &User) -> bool {
    family.revoked_at.is_none()
        && family.token_generation == user.token_generation
        && user.is_enabled
}
