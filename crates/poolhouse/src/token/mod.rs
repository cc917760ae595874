//! `poolhouse token`: a relying party on the command line.

mod checks;
mod client_credentials;
mod decode;
mod exchange;
mod failure;
mod input;
mod issuer_args;
mod login;
mod login_advice;
mod output;
mod refresh;
mod revoke;
mod saved_tokens;
mod secrets;
mod user_info;
mod verify;

use std::process::ExitCode;

use clap::Subcommand;
use poolhouse_config::Environment;

pub(crate) use failure::{Failure, Outcome};
pub(crate) use input::read_bounded;
pub(crate) use issuer_args::TrustArgs;

pub(crate) const ABOUT: &str =
    "Signs in, and gets, verifies, renews and revokes tokens, at any OpenID provider";

pub(crate) const LONG_ABOUT: &str = "\
Signs in, and gets, verifies, renews and revokes tokens. It is a relying party: it knows the server by \
its issuer alone, so that it works with Poolhouse, Amazon Cognito and any other OpenID provider.

Results go to standard output, questions and progress to standard error. Secrets are never taken as \
arguments, which other users of the machine can see: they come from files, the environment or a \
prompt.

Exit codes:
  0  done; for verify: every check holds
  1  it could not be done: a file, the network, an answer that makes no sense
  2  the command line is wrong
  3  it is no token that can be read
  4  the signature is not the issuer's: algorithm, key or signature
  5  the token or document is another's: issuer, client, audience, kind, nonce, at_hash, subject
  6  the token has expired or is not valid yet
  7  the server refuses: the error of OAuth is told
  8  no answer came in time, or one for another sign-in";

/// What `token` was asked to do; the documentation of each is its help.
#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    Login(login::LoginArgs),
    Exchange(exchange::ExchangeArgs),
    ClientCredentials(client_credentials::ClientCredentialsArgs),
    Refresh(refresh::RefreshArgs),
    Revoke(revoke::RevokeArgs),
    Userinfo(user_info::UserInfoArgs),
    Decode(decode::DecodeArgs),
    Verify(verify::VerifyArgs),
}

/// `poolhouse token`
pub(crate) fn run(command: &TokenCommand, environment: &Environment) -> ExitCode {
    let outcome = match command {
        TokenCommand::Login(args) => login::run(args, environment),
        TokenCommand::Exchange(args) => exchange::run(args, environment),
        TokenCommand::ClientCredentials(args) => client_credentials::run(args, environment),
        TokenCommand::Refresh(args) => refresh::run(args, environment),
        TokenCommand::Revoke(args) => revoke::run(args, environment),
        TokenCommand::Userinfo(args) => user_info::run(args, environment),
        TokenCommand::Decode(args) => decode::run(args, environment),
        TokenCommand::Verify(args) => verify::run(args, environment),
    };
    failure::end(outcome)
}
