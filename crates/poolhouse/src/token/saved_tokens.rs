//! Tokens in a file that only its owner can read.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use poolhouse_model::{Clock as _, SecretString};
use poolhouse_relying_party::token_endpoint::Tokens;
use poolhouse_relying_party::verification::TokenUse;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use url::Url;

use super::Failure;
use crate::private_file;
use crate::system_clock::SystemClock;

/// What a sign-in gave, and of whom.
#[derive(Clone, Debug)]
pub(crate) struct SavedTokens {
    /// Who issued them.
    pub(crate) issuer: String,
    /// The server that stands in for the issuer.
    pub(crate) endpoint: Option<Url>,
    /// The app client.
    pub(crate) client_id: String,
    /// Opens APIs.
    pub(crate) access_token: SecretString,
    /// Tells who signed in.
    pub(crate) id_token: Option<SecretString>,
    /// Renews both.
    pub(crate) refresh_token: Option<SecretString>,
    scope: Option<String>,
    /// Until when the access token is good, in seconds since 1970.
    expires_at: Option<i64>,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    endpoint: Option<String>,
    client_id: String,
    access_token: String,
    id_token: Option<String>,
    refresh_token: Option<String>,
    scope: Option<String>,
    expires_at: Option<i64>,
}

fn endpoint(text: Option<&str>) -> anyhow::Result<Option<Url>> {
    let parsed = text.map(Url::parse).transpose();
    parsed.context("the endpoint of the saved tokens is no address")
}

impl SavedTokens {
    /// What was given just now; without a new refresh token the former one stays.
    pub(crate) fn new(
        (issuer, endpoint): (&str, Option<&Url>),
        client_id: &str,
        tokens: Tokens,
        former_refresh_token: Option<&SecretString>,
    ) -> Self {
        let ttl = tokens.expires_in.and_then(|ttl| i64::try_from(ttl).ok());
        Self {
            issuer: issuer.to_owned(),
            endpoint: endpoint.cloned(),
            client_id: client_id.to_owned(),
            access_token: tokens.access_token,
            id_token: tokens.id_token,
            refresh_token: tokens
                .refresh_token
                .or_else(|| former_refresh_token.cloned()),
            scope: tokens.scope,
            expires_at: ttl.map(|ttl| SystemClock.now().as_secs().saturating_add(ttl)),
        }
    }

    /// The same, with another refresh token.
    pub(crate) fn with_refresh_token(self, refresh_token: &SecretString) -> Self {
        Self {
            refresh_token: Some(refresh_token.clone()),
            ..self
        }
    }

    /// Reads what [`SavedTokens::write`] wrote.
    /// # Errors
    /// When it is something else.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        // The error of the parser may repeat a token.
        let read: Document = serde_json::from_str(text).map_err(|_| {
            anyhow!("it is no JSON of saved tokens: issuer, client_id and access_token are needed")
        })?;
        Ok(Self {
            issuer: read.issuer,
            endpoint: endpoint(read.endpoint.as_deref())?,
            client_id: read.client_id,
            access_token: read.access_token.into(),
            id_token: read.id_token.map(SecretString::from),
            refresh_token: read.refresh_token.map(SecretString::from),
            scope: read.scope,
            expires_at: read.expires_at,
        })
    }

    /// The token of a kind.
    /// # Errors
    /// When there is none.
    pub(crate) fn of_use(&self, token_use: TokenUse) -> anyhow::Result<&SecretString> {
        match token_use {
            TokenUse::Access => Ok(&self.access_token),
            TokenUse::Id => self.id_token.as_ref().context("there is no ID token in it"),
        }
    }

    /// All of it, without what there is not.
    pub(crate) fn to_json(&self) -> Value {
        let secret = |secret: &Option<SecretString>| {
            secret.as_ref().map(|secret| secret.expose().to_owned())
        };
        let members = [
            ("issuer", json!(self.issuer)),
            ("endpoint", json!(self.endpoint.as_ref().map(Url::as_str))),
            ("client_id", json!(self.client_id)),
            ("token_type", json!("Bearer")),
            ("scope", json!(self.scope)),
            ("expires_at", json!(self.expires_at)),
            ("access_token", json!(self.access_token.expose())),
            ("id_token", json!(secret(&self.id_token))),
            ("refresh_token", json!(secret(&self.refresh_token))),
        ];
        let there = members.into_iter().filter(|(_, value)| !value.is_null());
        Value::Object(
            there
                .map(|(name, value)| (name.to_owned(), value))
                .collect::<Map<_, _>>(),
        )
    }

    /// Writes a file, whole or not at all, that only its owner can read.
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn write(&self, file: &Path) -> anyhow::Result<()> {
        let text = format!("{:#}\n", self.to_json());
        private_file::write(file, text.as_bytes())
            .with_context(|| format!("{} cannot be written", file.display()))
    }
}
