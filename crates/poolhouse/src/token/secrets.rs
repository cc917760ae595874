//! The client, and its secret, which is never an argument.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use clap::{Args, ValueEnum};
use poolhouse_config::Environment;
use poolhouse_model::SecretString;
use poolhouse_relying_party::token_endpoint::{Client, SecretMethod};

use super::Failure;
use super::input::read_file;
use super::saved_tokens::SavedTokens;

/// The variable that holds a client's secret.
const VARIABLE: &str = "POOLHOUSE_CLIENT_SECRET";

// Which app client, and where its secret is.
// No documentation: clap would take it for that of the whole command.
#[derive(Args, Debug)]
pub(crate) struct ClientArgs {
    /// App client
    #[arg(long, value_name = "ID", env = "POOLHOUSE_CLIENT_ID")]
    pub(crate) client_id: Option<String>,
    /// File with the client's secret; otherwise `POOLHOUSE_CLIENT_SECRET`, or none
    #[arg(long, value_name = "FILE")]
    client_secret_file: Option<PathBuf>,
    /// Asks for the client's secret, without showing it
    #[arg(long, conflicts_with = "client_secret_file")]
    ask_client_secret: bool,
    /// How the secret is sent; what the issuer takes where nothing is said
    #[arg(long, value_name = "WAY")]
    client_auth: Option<ClientAuth>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ClientAuth {
    /// In the Authorization header
    Basic,
    /// In the form
    Post,
}

impl ClientArgs {
    /// The client with its secret.
    /// # Errors
    /// When no client is named, or its secret cannot be read.
    pub(crate) fn client(
        &self,
        saved: Option<&SavedTokens>,
        environment: &Environment,
    ) -> Result<Client, Failure> {
        let id = self.client_id.clone();
        let id = id.or_else(|| saved.map(|saved| saved.client_id.clone()));
        let id = id.context("the app client is missing: --client-id ID")?;
        Ok(Client {
            id,
            secret: self.secret(environment)?,
            method: self.client_auth.map(|auth| match auth {
                ClientAuth::Basic => SecretMethod::Basic,
                ClientAuth::Post => SecretMethod::Post,
            }),
        })
    }

    fn secret(&self, environment: &Environment) -> anyhow::Result<Option<SecretString>> {
        if let Some(file) = &self.client_secret_file {
            let text = read_file(file)?;
            let secret = text.trim_end_matches(['\r', '\n']);
            if secret.is_empty() {
                return Err(anyhow!("{} is empty", file.display()));
            }
            return Ok(Some(secret.into()));
        }
        if self.ask_client_secret {
            let secret = rpassword::prompt_password("Secret of the client: ")
                .context("there is no terminal to ask at; use --client-secret-file")?;
            return Ok(Some(secret.into()));
        }
        let secret = environment
            .get(VARIABLE)
            .filter(|secret| !secret.is_empty());
        Ok(secret.map(|secret| secret.as_str().into()))
    }
}
