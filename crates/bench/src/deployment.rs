//! A data directory with a pool, a client and users that sign in.

use std::path::Path;

use anyhow::Result;
use serde_json::json;

use crate::http::Connection;
use crate::json_api::{call, text};
use crate::server::{Server, ServerOptions};

/// Password of every user.
pub(crate) const PASSWORD: &str = "Bench-Passw0rd!";

/// Where the client receives authorization responses.
pub(crate) const CALLBACK_URL: &str = "http://localhost:3000/callback";

/// What the client asks for.
pub(crate) const SCOPE: &str = "openid email profile";

/// Connections that send requests at the same time; each has a user of its own.
pub(crate) const CONNECTIONS: usize = 8;

/// A pool with a public client and one user with an SRP verifier for each connection.
#[derive(Clone, Debug)]
pub(crate) struct Deployment {
    /// The pool.
    pub(crate) pool_id: String,
    /// The client.
    pub(crate) client_id: String,
    /// How its server is started.
    pub(crate) options: ServerOptions,
}

impl Deployment {
    /// Makes everything through the API of a server that is stopped afterwards.
    ///
    /// # Errors
    /// When the server cannot be started or refuses a call.
    pub(crate) fn make(binary: &Path, data_dir: &Path) -> Result<Self> {
        let options = ServerOptions {
            binary: binary.to_owned(),
            data_dir: data_dir.to_owned(),
            password_hashing: "standard",
        };
        let server = Server::start(&options)?;
        let mut connection = server.connect()?;
        let (pool_id, client_id) = make_pool(&mut connection)?;
        for connection_index in 0..CONNECTIONS {
            make_user(&mut connection, &pool_id, &username(connection_index))?;
        }
        server.stop()?;
        Ok(Self {
            pool_id,
            client_id,
            options,
        })
    }

    /// The same with the cheap hash of the dev profile.
    pub(crate) fn with_cheap_hashes(&self) -> Self {
        let mut cheap = self.clone();
        cheap.options.password_hashing = "dev-only";
        cheap
    }

    /// Path of the pool's keys.
    pub(crate) fn jwks_path(&self) -> String {
        format!("/{}/.well-known/jwks.json", self.pool_id)
    }
}

/// The user of a connection.
pub(crate) fn username(connection_index: usize) -> String {
    format!("connection-{connection_index}")
}

fn make_pool(connection: &mut Connection) -> Result<(String, String)> {
    let pool = json!({"PoolName": "bench", "AutoVerifiedAttributes": ["email"]});
    let pool = call(connection, "CreateUserPool", &pool)?;
    let pool_id = text(&pool, "/UserPool/Id")?;
    let client = json!({
        "UserPoolId": pool_id,
        "ClientName": "bench",
        "ExplicitAuthFlows": [
            "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"
        ],
        "CallbackURLs": [CALLBACK_URL],
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": SCOPE.split(' ').collect::<Vec<_>>(),
        "AllowedOAuthFlowsUserPoolClient": true,
        "SupportedIdentityProviders": ["COGNITO"],
    });
    let client = call(connection, "CreateUserPoolClient", &client)?;
    Ok((pool_id, text(&client, "/UserPoolClient/ClientId")?))
}

fn make_user(connection: &mut Connection, pool_id: &str, username: &str) -> Result<()> {
    let user = json!({
        "UserPoolId": pool_id,
        "Username": username,
        "MessageAction": "SUPPRESS",
        "UserAttributes": [
            {"Name": "email", "Value": format!("{username}@example.com")},
            {"Name": "email_verified", "Value": "true"},
            {"Name": "name", "Value": "Bench User"},
        ],
    });
    call(connection, "AdminCreateUser", &user)?;
    let password = json!({
        "UserPoolId": pool_id,
        "Username": username,
        "Password": PASSWORD,
        "Permanent": true,
    });
    call(connection, "AdminSetUserPassword", &password)?;
    Ok(())
}
