//! `poolhouse token client-credentials`

use clap::Args;
use poolhouse_config::Environment;
use poolhouse_relying_party::token_endpoint::Grant;

use super::Outcome;
use super::checks::{Issued, verify_issued};
use super::issuer_args::IssuerArgs;
use super::output::TokenOutput;
use super::saved_tokens::SavedTokens;
use super::secrets::ClientArgs;

const LONG: &str = "\
Gets an access token for an app client itself, for machines that no user sits at.

  TOKEN=$(poolhouse token client-credentials --issuer URL --client-id ID \\
    --client-secret-file secret --scope orders/read --print access)";

/// Gets an access token for an app client itself
#[derive(Args, Debug)]
#[command(long_about = LONG)]
pub(crate) struct ClientCredentialsArgs {
    #[command(flatten)]
    issuer: IssuerArgs,
    #[command(flatten)]
    client: ClientArgs,
    /// Scopes, parted by blanks; all of the client where none is named
    #[arg(long)]
    scope: Option<String>,
    #[command(flatten)]
    output: TokenOutput,
}

/// Gets the token.
/// # Errors
/// When the server refuses, or its token does not hold.
pub(super) fn run(args: &ClientCredentialsArgs, environment: &Environment) -> Outcome {
    let client = args.client.client(None, environment)?;
    let found = args.issuer.find(None)?;
    let grant = Grant::ClientCredentials(args.scope.as_deref());
    let tokens = client.tokens(&found.web, &found.provider, &grant)?;
    verify_issued(&found, &client.id, &tokens, Issued::default())?;
    let of = (found.provider.issuer.as_str(), found.endpoint.as_ref());
    args.output
        .put(&SavedTokens::new(of, &client.id, tokens, None))
}
