//! `poolhouse token exchange`

use std::path::PathBuf;

use clap::Args;
use poolhouse_config::Environment;
use poolhouse_model::SecretString;
use poolhouse_relying_party::authorization::Answer;
use poolhouse_relying_party::token_endpoint::Grant;
use url::Url;

use super::checks::{Issued, verify_issued};
use super::input::{read_file, read_stdin};
use super::issuer_args::IssuerArgs;
use super::output::{TokenOutput, greet};
use super::saved_tokens::SavedTokens;
use super::secrets::ClientArgs;
use super::{Failure, Outcome};

const LONG: &str = "\
Exchanges the code of a sign-in that began elsewhere for tokens, verifies them and prints or keeps \
them. The code, or the whole address that came back with it, is read from standard input or a file. \
The state in it is not compared: who began the sign-in knows it.

  pbpaste | poolhouse token exchange --issuer URL --client-id ID \\
    --redirect-uri http://localhost:3000/ --code-verifier-file verifier --save tokens.json";

/// The variable that holds the secret that a challenge was made from.
const VERIFIER: &str = "POOLHOUSE_CODE_VERIFIER";

/// Exchanges the code of a sign-in for tokens
#[derive(Args, Debug)]
#[command(long_about = LONG)]
pub(crate) struct ExchangeArgs {
    #[command(flatten)]
    issuer: IssuerArgs,
    #[command(flatten)]
    client: ClientArgs,
    /// Where the code came back to, as in the address that began the sign-in
    #[arg(long, value_name = "URL")]
    redirect_uri: String,
    /// File with the code or the address; otherwise standard input
    #[arg(long, value_name = "FILE")]
    code_file: Option<PathBuf>,
    /// File with the secret that the challenge was made from (PKCE); otherwise
    /// `POOLHOUSE_CODE_VERIFIER`, or none
    #[arg(long, value_name = "FILE")]
    code_verifier_file: Option<PathBuf>,
    /// Nonce that the ID token must hold
    #[arg(long)]
    nonce: Option<String>,
    #[command(flatten)]
    output: TokenOutput,
}

/// Exchanges the code.
/// # Errors
/// When the server refuses, or its tokens do not hold.
pub(super) fn run(args: &ExchangeArgs, environment: &Environment) -> Outcome {
    let client = args.client.client(None, environment)?;
    let text = match &args.code_file {
        Some(file) => read_file(file)?,
        None => read_stdin("the code")?,
    };
    let code = code(text.trim())?;
    let verifier: Option<SecretString> = match &args.code_verifier_file {
        Some(file) => Some(read_file(file)?.trim().into()),
        None => environment.get(VERIFIER).map(|text| text.as_str().into()),
    };
    let found = args.issuer.find(None)?;
    let grant = Grant::Code {
        code: &code,
        redirect_uri: &args.redirect_uri,
        verifier: verifier.as_ref(),
    };
    let tokens = client.tokens(&found.web, &found.provider, &grant)?;
    let nonce = args.nonce.as_deref();
    let issued = Issued {
        nonce,
        is_id_token_due: nonce.is_some(),
        ..Issued::default()
    };
    verify_issued(&found, &client.id, &tokens, issued)?;
    let of = (found.provider.issuer.as_str(), found.endpoint.as_ref());
    let tokens = SavedTokens::new(of, &client.id, tokens, None);
    greet(&tokens);
    args.output.put(&tokens)
}

/// The code, also out of the address that brought it.
fn code(text: &str) -> Result<SecretString, Failure> {
    match Url::parse(text) {
        Ok(address) => Ok(Answer::of_query(address.query().unwrap_or_default()).outcome()?),
        Err(_) if text.is_empty() => Err(anyhow::anyhow!("there is no code").into()),
        Err(_) => Ok(text.into()),
    }
}
