//! An app client: what one application may do with a pool.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, UserPoolId};
use crate::time::{Timestamp, Ttl};

/// An application's registration with a pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppClient {
    /// Its id.
    pub id: ClientId,
    /// The pool it belongs to.
    pub pool_id: UserPoolId,
    /// What its owner calls it.
    pub name: String,
    /// The sealed secret; `None` for a public client.
    pub sealed_secret: Option<Vec<u8>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Rises by one with each change.
    pub version: i64,
    /// Everything its owner can set.
    pub settings: AppClientSettings,
}

/// What the owner of an app client can set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AppClientSettings {
    /// Sign-in flows of the API that it may use; `None` when never set (the defaults apply).
    pub explicit_auth_flows: Option<Vec<ExplicitAuthFlow>>,
    /// Identity providers it offers; `COGNITO` is the pool itself.
    pub supported_identity_providers: Vec<String>,
    /// Where an authorization response may go.
    pub callback_urls: Vec<String>,
    /// Where sign-out may go.
    pub logout_urls: Vec<String>,
    /// Where an authorization response goes when the request names nothing.
    pub default_redirect_uri: Option<String>,
    /// OAuth flows it may use.
    pub allowed_oauth_flows: BTreeSet<OAuthFlow>,
    /// Scopes it may ask for, in the order they were written.
    pub allowed_oauth_scopes: Vec<String>,
    /// Whether it may use the OAuth endpoints at all.
    pub is_oauth_enabled: bool,
    /// Whether answers hide that a user does not exist; `None` when never set (they do not).
    pub prevent_user_existence_errors: Option<PreventUserExistenceErrors>,
    /// Whether its refresh tokens can be revoked.
    pub is_token_revocation_enabled: bool,
    /// Lifetimes of its tokens.
    pub token_validity: TokenValidity,
    /// Attributes it may read; `None` for the default set.
    pub read_attributes: Option<Vec<String>>,
    /// Attributes it may write; `None` for the default set.
    pub write_attributes: Option<Vec<String>>,
    /// Minutes that a challenge waits for its answer, 3 to 15.
    pub auth_session_validity_minutes: i64,
    /// Whether each refresh gives a new refresh token, and how long the old one lives on.
    pub refresh_token_rotation: Option<RefreshTokenRotation>,
    /// Settings that no rule obeys yet and that weaken nothing, by their API member name.
    pub kept: BTreeMap<String, serde_json::Value>,
}

impl Default for AppClientSettings {
    fn default() -> Self {
        Self {
            explicit_auth_flows: None,
            supported_identity_providers: Vec::new(),
            callback_urls: Vec::new(),
            logout_urls: Vec::new(),
            default_redirect_uri: None,
            allowed_oauth_flows: BTreeSet::new(),
            allowed_oauth_scopes: Vec::new(),
            is_oauth_enabled: false,
            prevent_user_existence_errors: None,
            is_token_revocation_enabled: true,
            token_validity: TokenValidity::default(),
            read_attributes: None,
            write_attributes: None,
            auth_session_validity_minutes: 3,
            refresh_token_rotation: None,
            kept: BTreeMap::new(),
        }
    }
}

/// A flow of `ExplicitAuthFlows`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ExplicitAuthFlow {
    /// `ADMIN_NO_SRP_AUTH`, the older name of `AllowAdminUserPassword`.
    LegacyAdminNoSrp,
    /// `CUSTOM_AUTH_FLOW_ONLY`
    LegacyCustomOnly,
    /// `USER_PASSWORD_AUTH`, the older name of `AllowUserPassword`.
    LegacyUserPassword,
    /// `ALLOW_ADMIN_USER_PASSWORD_AUTH`
    AllowAdminUserPassword,
    /// `ALLOW_CUSTOM_AUTH`
    AllowCustom,
    /// `ALLOW_USER_PASSWORD_AUTH`
    AllowUserPassword,
    /// `ALLOW_USER_SRP_AUTH`
    AllowUserSrp,
    /// `ALLOW_REFRESH_TOKEN_AUTH`
    AllowRefreshToken,
    /// `ALLOW_USER_AUTH`
    AllowUserAuth,
    /// `ALLOW_CLIENT_TOKEN_AUTH`: no user signs in, the client gets tokens of its own.
    AllowClientToken,
}

/// A grant of the OAuth endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OAuthFlow {
    /// Authorization code.
    Code,
    /// Implicit.
    Implicit,
    /// Client credentials.
    ClientCredentials,
}

/// Whether answers hide that a user does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PreventUserExistenceErrors {
    /// They tell.
    Legacy,
    /// They hide it.
    Enabled,
}

/// Whether each refresh gives a new refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshTokenRotation {
    /// It does.
    pub is_enabled: bool,
    /// Seconds that the old one works on, 0 to 60.
    pub retry_grace_period_secs: i64,
}

/// Unit of a lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValidityUnit {
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
}

/// A lifetime as its owner wrote it: a number, and a unit that may be left to the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The number; `None` or 0 for the default lifetime.
    pub number: Option<i64>,
    /// The unit; `None` for hours (ID, access) or days (refresh).
    pub unit: Option<ValidityUnit>,
}

impl Validity {
    fn ttl(self, unit: ValidityUnit, default: Ttl) -> Ttl {
        let Some(number) = self.number.filter(|number| *number > 0) else {
            return default;
        };
        match self.unit.unwrap_or(unit) {
            ValidityUnit::Seconds => Ttl::from_secs(number),
            ValidityUnit::Minutes => Ttl::from_minutes(number),
            ValidityUnit::Hours => Ttl::from_hours(number),
            ValidityUnit::Days => Ttl::from_days(number),
        }
    }
}

/// Lifetimes of the tokens of a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenValidity {
    /// Of ID tokens: one hour by default.
    pub id_token: Validity,
    /// Of access tokens: one hour by default.
    pub access_token: Validity,
    /// Of refresh tokens: thirty days by default.
    pub refresh_token: Validity,
}

impl TokenValidity {
    /// Lifetime of an ID token.
    pub fn id_token_ttl(&self) -> Ttl {
        self.id_token.ttl(ValidityUnit::Hours, Ttl::from_hours(1))
    }

    /// Lifetime of an access token.
    pub fn access_token_ttl(&self) -> Ttl {
        self.access_token
            .ttl(ValidityUnit::Hours, Ttl::from_hours(1))
    }

    /// Lifetime of a refresh token.
    pub fn refresh_token_ttl(&self) -> Ttl {
        self.refresh_token
            .ttl(ValidityUnit::Days, Ttl::from_days(30))
    }
}

impl AppClientSettings {
    /// The flows in force: what was set, or what the service allows a client that set none.
    /// Source: API reference, `CreateUserPoolClient`, `ExplicitAuthFlows`.
    pub fn auth_flows(&self) -> &[ExplicitAuthFlow] {
        const DEFAULT: &[ExplicitAuthFlow] = &[
            ExplicitAuthFlow::AllowRefreshToken,
            ExplicitAuthFlow::AllowUserSrp,
            ExplicitAuthFlow::AllowCustom,
        ];
        match &self.explicit_auth_flows {
            Some(flows) if !flows.is_empty() => flows,
            _ => DEFAULT,
        }
    }

    /// Whether any of `flows` is in force.
    pub fn allows_any(&self, flows: &[ExplicitAuthFlow]) -> bool {
        self.auth_flows().iter().any(|flow| flows.contains(flow))
    }

    /// Whether the older names are in force: with them a refresh needs no flow of its own.
    pub fn has_legacy_flows(&self) -> bool {
        self.allows_any(&[
            ExplicitAuthFlow::LegacyAdminNoSrp,
            ExplicitAuthFlow::LegacyCustomOnly,
            ExplicitAuthFlow::LegacyUserPassword,
        ])
    }

    /// Whether answers hide that a user does not exist.
    pub fn hides_user_existence(&self) -> bool {
        self.prevent_user_existence_errors == Some(PreventUserExistenceErrors::Enabled)
    }

    /// Whether each refresh gives a new refresh token.
    pub fn rotates_refresh_tokens(&self) -> bool {
        self.refresh_token_rotation
            .is_some_and(|rotation| rotation.is_enabled)
    }

    /// How long a challenge waits for its answer.
    pub fn challenge_ttl(&self) -> Ttl {
        Ttl::from_minutes(self.auth_session_validity_minutes.clamp(3, 15))
    }

    /// Whether the client may read the attribute.
    pub fn may_read(&self, attribute: &str) -> bool {
        match &self.read_attributes {
            Some(readable) => attribute == "sub" || readable.iter().any(|name| name == attribute),
            None => !attribute.starts_with("dev:"),
        }
    }

    /// Whether the client may write the attribute.
    /// Without a list of its own it may write the standard and custom attributes; verification
    /// flags and `sub` never.
    pub fn may_write(&self, attribute: &str) -> bool {
        if attribute == "sub" || crate::attributes::is_verification_flag(attribute) {
            return false;
        }
        match &self.write_attributes {
            Some(writable) => writable.iter().any(|name| name == attribute),
            None => !attribute.starts_with("dev:"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_fall_back_to_the_defaults_of_the_service() {
        let validity = TokenValidity::default();
        assert_eq!(validity.access_token_ttl(), Ttl::from_hours(1));
        assert_eq!(validity.refresh_token_ttl(), Ttl::from_days(30));
        let minutes = Validity {
            number: Some(5),
            unit: Some(ValidityUnit::Minutes),
        };
        let validity = TokenValidity {
            access_token: minutes,
            ..validity
        };
        assert_eq!(validity.access_token_ttl(), Ttl::from_minutes(5));
    }

    #[test]
    fn s48_no_client_writes_sub_or_verification_flags() {
        let all = ["sub", "email_verified", "email"]
            .map(str::to_owned)
            .to_vec();
        let open = AppClientSettings {
            write_attributes: Some(all),
            ..Default::default()
        };
        assert!(!open.may_write("sub"));
        assert!(!open.may_write("email_verified"));
        assert!(open.may_write("email"));
        assert!(!AppClientSettings::default().may_write("dev:custom:role"));
    }
}
