//! A client that gets tokens of its own.

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::http::{Connection, Request};
use crate::json_api::{call, text};

/// The resource server, which is made once.
const IDENTIFIER: &str = "bench";

/// A client of the client credentials grant with one custom scope.
pub(crate) struct Machine {
    client_id: String,
    secret: String,
}

impl Machine {
    /// Makes the client and what its scope belongs to.
    ///
    /// # Errors
    /// When the server refuses a call.
    pub(crate) fn make(connection: &mut Connection, pool_id: &str) -> Result<Self> {
        let server = json!({
            "UserPoolId": pool_id,
            "Identifier": IDENTIFIER,
            "Name": "bench",
            "Scopes": [{"ScopeName": "read", "ScopeDescription": "read"}],
        });
        call(connection, "CreateResourceServer", &server)
            .context("the resource server is made once in a run")?;
        let client = json!({
            "UserPoolId": pool_id,
            "ClientName": "machine",
            "GenerateSecret": true,
            "AllowedOAuthFlows": ["client_credentials"],
            "AllowedOAuthScopes": [format!("{IDENTIFIER}/read")],
            "AllowedOAuthFlowsUserPoolClient": true,
        });
        let client = call(connection, "CreateUserPoolClient", &client)?;
        Ok(Self {
            client_id: text(&client, "/UserPoolClient/ClientId")?,
            secret: text(&client, "/UserPoolClient/ClientSecret")?,
        })
    }

    /// The request for a token.
    pub(crate) fn request(&self) -> Request {
        let pairs = [
            ("grant_type", "client_credentials"),
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.secret.as_str()),
        ];
        Request::form("/oauth2/token", &pairs)
    }
}
