//! `poolhouse token userinfo`

use clap::Args;
use poolhouse_config::Environment;
use poolhouse_relying_party::shown::shown_json;
use poolhouse_relying_party::token_endpoint::user_info;

use super::Outcome;
use super::checks::signed;
use super::input::{Given, TokenFileArgs};
use super::issuer_args::IssuerArgs;
use crate::stdout::print;

const LONG: &str = "\
Asks the issuer for the user of an access token, and prints its answer as JSON. A revoked or expired \
token is refused (exit code 7).

  poolhouse token userinfo --token-file tokens.json | jq -r .email";

/// Tells what the issuer says of the user of an access token
#[derive(Args, Debug)]
#[command(long_about = LONG)]
pub(crate) struct UserInfoArgs {
    #[command(flatten)]
    token: TokenFileArgs,
    #[command(flatten)]
    issuer: IssuerArgs,
}

/// Prints what the issuer tells.
/// # Errors
/// When it refuses, or tells of another user than the ID token beside it.
pub(super) fn run(args: &UserInfoArgs, environment: &Environment) -> Outcome {
    let given = args.token.read(environment)?;
    let token = match &given {
        Given::Token(token) => token,
        Given::Saved(saved) => &saved.access_token,
    };
    let saved = given.saved();
    let found = args.issuer.find(saved)?;
    let told = user_info(&found.web, &found.provider, token)?;
    let id_token = saved.and_then(|saved| saved.id_token.as_ref());
    if let Some(id_token) = id_token.and_then(|token| signed(token).ok()) {
        let is_same = id_token.text("sub") == told["sub"].as_str();
        super::failure::hold_subject(is_same)?;
    }
    print(&shown_json(&told))?;
    Ok(())
}
