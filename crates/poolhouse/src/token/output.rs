//! What a command that gets tokens does with them.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use poolhouse_model::{Clock as _, SecretString};
use poolhouse_relying_party::description::describe;
use poolhouse_relying_party::shown::{shown, shown_json};
use poolhouse_relying_party::token::Token;

use super::Outcome;
use super::saved_tokens::SavedTokens;
use crate::stdout::print;
use crate::system_clock::SystemClock;

// What becomes of tokens.
// No documentation: clap would take it for that of the whole command.
#[derive(Args, Debug)]
pub(crate) struct TokenOutput {
    /// Keeps the tokens in a file that only you can read, instead of printing them
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Prints one token and nothing else
    #[arg(long, value_name = "TOKEN", conflicts_with_all = ["save", "json"])]
    print: Option<Printed>,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Printed {
    /// The access token
    Access,
    /// The ID token
    Id,
    /// The refresh token
    Refresh,
}

impl TokenOutput {
    /// Keeps the refresh token that took the place of another, though the tokens beside it do not
    /// hold: it may be all that is left of the sign-in. The tokens that were there stay.
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn keep_refresh_token(&self, saved: &SavedTokens, next: &SecretString) -> Outcome {
        if let Some(file) = &self.save {
            saved.clone().with_refresh_token(next).write(file)?;
            eprintln!(
                "The new refresh token is in {}; the other tokens are the former ones.",
                file.display()
            );
        }
        Ok(())
    }

    /// Prints or keeps tokens that hold.
    /// # Errors
    /// When they cannot be written, or the one that is to be printed is not there.
    pub(crate) fn put(&self, tokens: &SavedTokens) -> Outcome {
        if let Some(file) = &self.save {
            tokens.write(file)?;
            eprintln!("The tokens are in {}.", file.display());
            return Ok(());
        }
        if let Some(printed) = self.print {
            let token = match printed {
                Printed::Access => Some(&tokens.access_token),
                Printed::Id => tokens.id_token.as_ref(),
                Printed::Refresh => tokens.refresh_token.as_ref(),
            };
            let token = token.context("the server gave no such token")?;
            print(&shown_whole(token))?;
            return Ok(());
        }
        if self.json {
            print(&shown_json(&tokens.to_json()))?;
            return Ok(());
        }
        let named = [
            ("access_token", Some(&tokens.access_token)),
            ("id_token", tokens.id_token.as_ref()),
            ("refresh_token", tokens.refresh_token.as_ref()),
        ];
        for (name, token) in named {
            if let Some(token) = token {
                print(&format!("{name:<14} {}", shown_whole(token)))?;
            }
        }
        Ok(())
    }
}

/// A token as it is, which no terminal can be steered by: tokens are printable ASCII.
fn shown_whole(token: &SecretString) -> String {
    let text = token.expose();
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        text.to_owned()
    } else {
        shown(text)
    }
}

/// Tells a person who signed in.
pub(crate) fn greet(tokens: &SavedTokens) {
    let Some(id_token) = &tokens.id_token else {
        eprintln!(
            "There are tokens, and none that tells who signed in (the scope openid was not granted)."
        );
        return;
    };
    let Ok(Token::Signed(token)) = Token::read(id_token.expose()) else {
        return;
    };
    let names = ["cognito:username", "preferred_username", "email", "sub"];
    let name = names
        .into_iter()
        .find_map(|name| token.text(name))
        .unwrap_or("somebody");
    let told = describe(&Token::Signed(token.clone()), SystemClock.now());
    let until = told.claims.iter().find(|claim| claim.name == "exp");
    let until = until.map_or("an unknown time", |claim| claim.value.as_str());
    eprintln!(
        "Signed in as {}, until {until}. Signature, issuer, client, nonce and times hold.",
        shown(name)
    );
}
