//! Where tokens and codes come from.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, ensure};
use clap::Args;
use poolhouse_config::Environment;
use poolhouse_model::SecretString;

use super::Failure;
use super::saved_tokens::SavedTokens;

/// Longest input that is read, in bytes: three long tokens.
const MOST_BYTES: u64 = 256 * 1024;

/// The variable that holds a token.
const VARIABLE: &str = "POOLHOUSE_TOKEN";

// A token from a file, the environment or standard input.
// No documentation: clap would take it for that of the whole command.
#[derive(Args, Debug)]
pub(crate) struct TokenFileArgs {
    /// File with the token, or with what --save wrote; otherwise `POOLHOUSE_TOKEN` or standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
}

// A token that may also be an argument.
// No documentation: clap would take it for that of the whole command.
#[derive(Args, Debug)]
pub(crate) struct TokenArgs {
    /// The token; other users of the machine can see arguments, so prefer a file or standard input
    /// (-) for one that is still good
    pub(crate) token: Option<String>,
    #[command(flatten)]
    pub(crate) file: TokenFileArgs,
}

/// What was given.
#[derive(Debug)]
pub(crate) enum Given {
    /// A token.
    Token(SecretString),
    /// All that a sign-in gave.
    Saved(Box<SavedTokens>),
}

impl Given {
    /// What was saved beside the token.
    pub(crate) fn saved(&self) -> Option<&SavedTokens> {
        match self {
            Self::Token(_) => None,
            Self::Saved(saved) => Some(saved),
        }
    }
}

impl TokenArgs {
    /// Reads it.
    /// # Errors
    /// When there is none.
    pub(crate) fn read(&self, environment: &Environment) -> Result<Given, Failure> {
        match self.token.as_deref() {
            Some("-") => given(&read_stdin("the token")?),
            Some(token) => given(token),
            None => self.file.read(environment),
        }
    }
}

impl TokenFileArgs {
    /// Reads it.
    /// # Errors
    /// When there is none.
    pub(crate) fn read(&self, environment: &Environment) -> Result<Given, Failure> {
        if let Some(file) = &self.token_file {
            let text = read_file(file)?;
            return given(&text).map_err(|error| error.context(file.display().to_string()));
        }
        match environment.get(VARIABLE) {
            Some(token) => given(token),
            None => given(&read_stdin("the token")?),
        }
    }
}

fn given(text: &str) -> Result<Given, Failure> {
    if text.trim_start().starts_with('{') {
        return Ok(Given::Saved(Box::new(SavedTokens::parse(text)?)));
    }
    Ok(Given::Token(text.trim().to_owned().into()))
}

/// Reads a file that holds a text.
/// # Errors
/// When it cannot be read, or is far too long.
pub(crate) fn read_file(file: &Path) -> anyhow::Result<String> {
    let opened = File::open(file);
    opened
        .map_err(anyhow::Error::from)
        .and_then(read_bounded)
        .with_context(|| format!("{} cannot be read", file.display()))
}

/// Reads standard input, unless a person sits there who was not asked.
/// # Errors
/// When there is none.
pub(crate) fn read_stdin(what: &str) -> anyhow::Result<String> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Err(anyhow!(
            "{what} is missing: give it by a file or on standard input"
        ));
    }
    read_bounded(stdin.lock()).with_context(|| format!("{what} cannot be read"))
}

/// Reads a text of bounded length.
/// # Errors
/// When it is no text, or longer.
pub(crate) fn read_bounded(source: impl Read) -> anyhow::Result<String> {
    let mut text = String::new();
    let length = source.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    ensure!(length as u64 <= MOST_BYTES, "it is longer than 256 KiB");
    Ok(text)
}
