//! `poolhouse explain`: a token, an address of a sign-in or an error, in words.

mod address;
mod error;
mod token;

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use clap::Args;
use poolhouse_relying_party::shown::shown_json;
use poolhouse_relying_party::token::Token;
use serde_json::Value;

use crate::stdout::print;
use crate::token::{TrustArgs, read_bounded};

pub(crate) const ABOUT: &str =
    "Says in words what a token holds, what is wrong with an address, or what an error means";

pub(crate) const LONG_ABOUT: &str = "\
Says in words what a token holds, what an address of a sign-in asks for and what is wrong with it, or \
what an error means and how to mend it. It sees by itself which of the three it is given:

  poolhouse explain eyJraWQiOi...
  poolhouse explain 'https://example.com/oauth2/authorize?client_id=...'
  poolhouse explain 'Incorrect username or password.'
  pbpaste | poolhouse explain

An error is a code, a text, a part of one, or an answer as JSON. Nothing is sent anywhere, unless \
--check asks the server of an address. No token is verified: poolhouse token verify does that. Other \
users of the machine can see arguments: give a token or code that is still good on standard input.

Exit codes: 0 when something was explained (also when it is wrong), 1 when nothing is known of it.";

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// Token, address or error; standard input where there is none, or -
    what: Vec<String>,
    /// Asks the server of an address that begins a sign-in what it says to it
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    trust: TrustArgs,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

/// An explanation, for people and for programs.
struct Explanation {
    lines: Vec<String>,
    json: Value,
}

/// `poolhouse explain`
/// # Errors
/// When nothing was given, or nothing is known of it.
pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let text = args.text()?;
    let text = text.trim();
    ensure!(!text.is_empty(), "there is nothing to explain");
    let explanation = args.explain(text)?;
    if args.json {
        print(&shown_json(&explanation.json))?;
    } else {
        for line in &explanation.lines {
            print(line)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl ExplainArgs {
    fn text(&self) -> anyhow::Result<String> {
        let given = self.what.join(" ");
        if !given.is_empty() && given != "-" {
            return Ok(given);
        }
        let stdin = io::stdin();
        if stdin.is_terminal() {
            eprintln!("Paste a token, an address or an error, and end with Ctrl-D:");
        }
        read_bounded(stdin.lock()).context("standard input cannot be read")
    }

    fn explain(&self, text: &str) -> anyhow::Result<Explanation> {
        if let Ok(token) = Token::read(text) {
            return Ok(token::explain(&token));
        }
        if address::is_address(text) {
            let explained = address::explain(text, self.check.then_some(&self.trust))?;
            return explained.context("this is no address that can be read");
        }
        if token::looks_like_one(text) {
            let error = Token::read(text).err();
            let error = error.map(|error| error.to_string()).unwrap_or_default();
            anyhow::bail!("this looks like a token, but cannot be read: {error}");
        }
        error::explain(text)
    }
}
