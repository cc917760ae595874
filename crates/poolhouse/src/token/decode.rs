//! `poolhouse token decode`

use clap::Args;
use poolhouse_config::Environment;
use poolhouse_relying_party::shown::shown_json;
use poolhouse_relying_party::token::Token;
use serde_json::json;

use super::Outcome;
use super::input::{Given, TokenArgs};
use super::verify::TokenUseArg;
use crate::stdout::print;

const LONG: &str = "\
Shows header and claims of a token as JSON. It verifies nothing: anybody can write such a token. \
`poolhouse explain` says the same in words.

  poolhouse token decode --token-file tokens.json | jq .claims.exp";

/// Shows what stands in a token, without verifying it
#[derive(Args, Debug)]
#[command(long_about = LONG)]
pub(crate) struct DecodeArgs {
    #[command(flatten)]
    token: TokenArgs,
    /// Which token of a file of --save: access where nothing is said
    #[arg(long, value_name = "USE")]
    token_use: Option<TokenUseArg>,
}

/// Prints what stands in it.
/// # Errors
/// When it is no token.
pub(super) fn run(args: &DecodeArgs, environment: &Environment) -> Outcome {
    let given = args.token.read(environment)?;
    let text = match &given {
        Given::Token(token) => token,
        Given::Saved(saved) => {
            saved.of_use(args.token_use.unwrap_or(TokenUseArg::Access).into())?
        }
    };
    let shown = match Token::read(text.expose())? {
        Token::Signed(token) => {
            json!({"verified": false, "header": token.header, "claims": token.claims})
        }
        Token::Encrypted { header } => json!({"verified": false, "header": header}),
    };
    print(&shown_json(&shown))?;
    eprintln!("Nothing of this was verified: poolhouse token verify does that.");
    Ok(())
}
