//! `poolhouse token refresh`

use anyhow::Context as _;
use clap::Args;
use poolhouse_config::Environment;
use poolhouse_relying_party::token_endpoint::Grant;

use super::Outcome;
use super::checks::{Issued, signed, verify_issued};
use super::input::{Given, TokenFileArgs};
use super::issuer_args::IssuerArgs;
use super::output::TokenOutput;
use super::saved_tokens::SavedTokens;
use super::secrets::ClientArgs;

const LONG: &str = "\
Gets new tokens for a refresh token, verifies them and prints or keeps them. Where refresh tokens \
rotate, the new one takes the place of the old.

  poolhouse token refresh --token-file tokens.json --save tokens.json";

/// Gets new tokens for a refresh token
#[derive(Args, Debug)]
#[command(long_about = LONG)]
pub(crate) struct RefreshArgs {
    #[command(flatten)]
    token: TokenFileArgs,
    #[command(flatten)]
    issuer: IssuerArgs,
    #[command(flatten)]
    client: ClientArgs,
    #[command(flatten)]
    output: TokenOutput,
}

/// Renews the tokens.
/// # Errors
/// When the server refuses, or its tokens do not hold.
pub(super) fn run(args: &RefreshArgs, environment: &Environment) -> Outcome {
    let given = args.token.read(environment)?;
    let refresh_token = match &given {
        Given::Token(token) => token,
        Given::Saved(saved) => {
            let token = saved.refresh_token.as_ref();
            token.context("there is no refresh token in it")?
        }
    };
    let saved = given.saved();
    let client = args.client.client(saved, environment)?;
    let found = args.issuer.find(saved)?;
    let tokens = client.tokens(&found.web, &found.provider, &Grant::Refresh(refresh_token))?;
    let former = saved.and_then(|saved| saved.id_token.as_ref());
    let former = former.and_then(|token| signed(token).ok());
    let subject = former.as_ref().and_then(|token| token.text("sub"));
    let issued = Issued {
        subject,
        ..Issued::default()
    };
    if let Err(failure) = verify_issued(&found, &client.id, &tokens, issued) {
        if let (Some(saved), Some(next)) = (saved, &tokens.refresh_token) {
            args.output.keep_refresh_token(saved, next)?;
        }
        return Err(failure);
    }
    let of = (found.provider.issuer.as_str(), found.endpoint.as_ref());
    let renewed = SavedTokens::new(of, &client.id, tokens, Some(refresh_token));
    args.output.put(&renewed)
}
