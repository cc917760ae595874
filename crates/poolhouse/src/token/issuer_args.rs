//! Which issuer, and whom to believe on the way there.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use poolhouse_relying_party::discovery::{Issuer, Provider};
use poolhouse_relying_party::web::{Trust, Web};
use url::Url;

use super::Failure;
use super::saved_tokens::SavedTokens;

// Whom to believe.
// No documentation: clap would take it for that of the whole command.
#[derive(Args, Debug)]
pub(crate) struct TrustArgs {
    /// Certificates (PEM) of the only CAs to believe, such as the local one of --tls self-signed
    #[arg(long, value_name = "FILE", env = "POOLHOUSE_CA_FILE")]
    ca_file: Option<PathBuf>,
    /// Speaks plain http with other machines too, where everybody between can read along
    #[arg(long)]
    allow_http: bool,
}

// Which issuer.
// No documentation: clap would take it for that of the whole command.
#[derive(Args, Debug)]
pub(crate) struct IssuerArgs {
    /// Issuer, letter for letter as its tokens name it
    #[arg(long, value_name = "URL", env = "POOLHOUSE_ISSUER")]
    issuer: Option<String>,
    /// Server that has the issuer's documents, where the issuer's own name does not lead there: a
    /// Poolhouse with --issuer-form aws
    #[arg(long, value_name = "URL", env = "POOLHOUSE_ENDPOINT")]
    pub(crate) endpoint: Option<Url>,
    #[command(flatten)]
    trust: TrustArgs,
}

/// An issuer that was found.
pub(crate) struct Found {
    /// Asks it.
    pub(crate) web: Web,
    /// What it says of itself.
    pub(crate) provider: Provider,
    /// The server that stands in for it.
    pub(crate) endpoint: Option<Url>,
}

impl TrustArgs {
    /// Prepares to ask servers.
    /// # Errors
    /// When the CA file cannot be used.
    pub(crate) fn web(&self) -> Result<Web, Failure> {
        let unreadable = |file: &PathBuf| format!("{} cannot be read", file.display());
        let ca_pem = match &self.ca_file {
            Some(file) => Some(fs::read(file).with_context(|| unreadable(file))?),
            None => None,
        };
        Ok(Web::new(&Trust {
            ca_pem,
            allows_http: self.allow_http,
            answer_ttl: None,
        })?)
    }
}

impl IssuerArgs {
    /// Finds the issuer that is named, or else the one that tokens were saved of.
    /// # Errors
    /// When none is named, or it is not what it should be.
    pub(crate) fn find(&self, saved: Option<&SavedTokens>) -> Result<Found, Failure> {
        let named = self.issuer.clone();
        let name = named.or_else(|| saved.map(|saved| saved.issuer.clone()));
        let name = name.context("the issuer is missing: --issuer URL")?;
        let saved_endpoint = saved.and_then(|saved| saved.endpoint.clone());
        let is_saved = self.issuer.is_none();
        let endpoint = self
            .endpoint
            .clone()
            .or(saved_endpoint.filter(|_| is_saved));
        let web = self.trust.web()?;
        let issuer = Issuer {
            name,
            endpoint: endpoint.clone(),
        };
        let provider = issuer.discover(&web)?;
        Ok(Found {
            web,
            provider,
            endpoint,
        })
    }
}
