//! `poolhouse token revoke`

use clap::Args;
use poolhouse_config::Environment;

use super::Outcome;
use super::input::{Given, TokenFileArgs};
use super::issuer_args::IssuerArgs;
use super::secrets::ClientArgs;

const LONG: &str = "\
Ends a refresh token, and the tokens that came from it wherever the issuer is asked. Of a file of \
--save it is the refresh token, or the access token where there is no other.

  poolhouse token revoke --token-file tokens.json";

/// Ends a refresh token, and what came from it
#[derive(Args, Debug)]
#[command(long_about = LONG)]
pub(crate) struct RevokeArgs {
    #[command(flatten)]
    token: TokenFileArgs,
    #[command(flatten)]
    issuer: IssuerArgs,
    #[command(flatten)]
    client: ClientArgs,
}

/// Ends the token.
/// # Errors
/// When the server refuses.
pub(super) fn run(args: &RevokeArgs, environment: &Environment) -> Outcome {
    let given = args.token.read(environment)?;
    let token = match &given {
        Given::Token(token) => token,
        Given::Saved(saved) => saved.refresh_token.as_ref().unwrap_or(&saved.access_token),
    };
    let saved = given.saved();
    let client = args.client.client(saved, environment)?;
    let found = args.issuer.find(saved)?;
    client.revoke(&found.web, &found.provider, token)?;
    eprintln!("The server has revoked it, or never knew it.");
    Ok(())
}
