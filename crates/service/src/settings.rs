//! What the operator decided, as far as use cases need it.

use poolhouse_model::{Region, Ttl};

/// Settings of the service, fixed at start.
#[derive(Clone, Debug)]
pub struct ServiceSettings {
    /// Origin that browsers and apps reach the server by, without a slash at the end:
    /// `http://localhost:9229`. Issuers, links and discovery are built from it.
    pub public_url: String,
    /// Former public URLs whose tokens are still accepted.
    pub accepted_issuers: Vec<String>,
    /// Region of pools made by calls that name none.
    pub default_region: Region,
    /// The account number in resource names.
    pub account_id: String,
    /// Whether sent messages are kept and shown in the inbox.
    pub has_inbox: bool,
    /// Whether dev conveniences are on (fixed ids).
    pub is_dev: bool,
    /// Sender of mails.
    pub mail_from: String,
    /// How long authorization codes live.
    pub authorization_code_ttl: Ttl,
    /// How long a browser stays signed in, from the interactive sign-in.
    pub browser_session_ttl: Ttl,
}

impl ServiceSettings {
    /// The defaults of the dev profile for a public URL.
    pub fn dev(public_url: impl Into<String>) -> Self {
        Self {
            public_url: public_url.into(),
            accepted_issuers: Vec::new(),
            default_region: Region::new("us-east-1"),
            account_id: "000000000000".to_owned(),
            has_inbox: true,
            is_dev: true,
            mail_from: "no-reply@poolhouse.localhost".to_owned(),
            authorization_code_ttl: Ttl::from_minutes(5),
            browser_session_ttl: Ttl::from_hours(1),
        }
    }

    /// The issuer of a pool's tokens.
    pub fn issuer(&self, pool_id: &poolhouse_model::UserPoolId) -> String {
        format!("{}/{pool_id}", self.public_url)
    }

    /// The issuers whose tokens are accepted for a pool: the current one, then former ones.
    pub fn issuers(&self, pool_id: &poolhouse_model::UserPoolId) -> Vec<String> {
        std::iter::once(&self.public_url)
            .chain(&self.accepted_issuers)
            .map(|origin| format!("{origin}/{pool_id}"))
            .collect()
    }
}
