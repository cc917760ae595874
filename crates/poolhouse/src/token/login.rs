//! `poolhouse token login`

use std::io::{self, IsTerminal as _, Read as _};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use clap::Args;
use poolhouse_config::Environment;
use poolhouse_crypto::SystemRng;
use poolhouse_model::SecretString;
use poolhouse_relying_party::authorization::{Answer, SignIn, SignInWish};
use poolhouse_relying_party::loopback::{Loopback, LoopbackError, can_catch};
use poolhouse_relying_party::token_endpoint::Grant;
use url::Url;

use super::checks::{Issued, verify_issued};
use super::issuer_args::IssuerArgs;
use super::login_advice::{LATE, look_ahead};
use super::output::{TokenOutput, greet};
use super::saved_tokens::SavedTokens;
use super::secrets::ClientArgs;
use super::{Failure, Outcome};

const LONG: &str = "\
Signs a user in on the server's page, with PKCE, state and nonce; catches the code on a port of this \
machine, exchanges it, verifies the tokens and prints or keeps them.

  poolhouse token login --issuer http://localhost:9229/us-east-1_5af3v2UKS \\
    --client-id ursf8tho6k2xjpxvrzz0uqu4mu --scope \"openid email\" --save tokens.json

The redirect URI must be registered with the client, letter for letter, port and slash included. \
Where another server uses the port, name another: --port, or --redirect-uri with all of it. Providers \
that take any port of this machine take --redirect-uri http://127.0.0.1:0/.

With --no-browser the address is printed for a browser elsewhere; sign in there, and paste the address \
that it is sent to in the end, though no page may be there.";

/// Most bytes of a pasted address.
const MOST_PASTED_BYTES: u64 = 64 * 1024;

/// Signs a user in on the server's page, and gets tokens
#[derive(Args, Debug)]
#[command(long_about = LONG)]
pub(crate) struct LoginArgs {
    #[command(flatten)]
    issuer: IssuerArgs,
    #[command(flatten)]
    client: ClientArgs,
    /// Scopes, parted by blanks
    #[arg(long, default_value = "openid")]
    scope: String,
    /// Where the browser brings the code, as it is registered with the client
    #[arg(long, value_name = "URL", default_value = "http://localhost:3000/")]
    redirect_uri: String,
    /// Another port of the redirect URI; 0 for any that is free
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Prints the address for a browser elsewhere, and takes the address that it ends at
    #[arg(long)]
    no_browser: bool,
    /// How long to wait for the sign-in
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// A further parameter of the address, such as prompt=login; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = parameter)]
    parameter: Vec<(String, String)>,
    #[command(flatten)]
    output: TokenOutput,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("it is written NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// Signs in.
/// # Errors
/// When the server refuses, nobody signs in in time, or the tokens do not hold.
pub(super) fn run(args: &LoginArgs, environment: &Environment) -> Outcome {
    let client = args.client.client(None, environment)?;
    let found = args.issuer.find(None)?;
    let target = args.target()?;
    let catcher = if args.no_browser || !can_catch(&target) {
        None
    } else {
        Some(Loopback::listen(&target)?)
    };
    let redirect_uri = match (&catcher, target.port()) {
        (Some(catcher), Some(0)) => catcher.redirect_uri(),
        _ if args.port.is_some() => target.as_str(),
        _ => &args.redirect_uri,
    };
    let wish = SignInWish {
        client_id: &client.id,
        redirect_uri,
        scope: &args.scope,
        more: &args.parameter,
    };
    let sign_in = SignIn::begin(&found.provider, &wish, &SystemRng::new())?;
    look_ahead(&found, &client.id, &sign_in)?;
    let code = match catcher {
        Some(catcher) => args.catch(catcher, &sign_in),
        None => args.paste(&sign_in),
    }?;
    let grant = Grant::Code {
        code: &code,
        redirect_uri: &sign_in.redirect_uri,
        verifier: Some(&sign_in.verifier),
    };
    let tokens = client.tokens(&found.web, &found.provider, &grant)?;
    let issued = Issued {
        nonce: Some(&sign_in.nonce),
        subject: None,
        is_id_token_due: args.scope.split(' ').any(|scope| scope == "openid"),
    };
    verify_issued(&found, &client.id, &tokens, issued)?;
    let of = (found.provider.issuer.as_str(), found.endpoint.as_ref());
    let tokens = SavedTokens::new(of, &client.id, tokens, None);
    greet(&tokens);
    args.output.put(&tokens)
}

impl LoginArgs {
    fn target(&self) -> anyhow::Result<Url> {
        let mut target = Url::parse(&self.redirect_uri)
            .with_context(|| format!("the redirect URI {} is no address", self.redirect_uri))?;
        if let Some(port) = self.port {
            let changed = target.set_port(Some(port));
            changed.map_err(|()| anyhow!("the redirect URI cannot have a port"))?;
        }
        Ok(target)
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }

    fn catch(&self, catcher: Loopback, sign_in: &SignIn) -> Result<SecretString, Failure> {
        eprintln!("Sign in with your browser:\n\n  {}\n", sign_in.address);
        if open::that_detached(sign_in.address.as_str()).is_err() {
            eprintln!("No browser could be opened: open that address yourself, on this machine.");
        }
        eprintln!("Waiting for the answer at {} ...", sign_in.redirect_uri);
        let mut note = |error: &_| eprintln!("{error}. Still waiting.");
        catcher
            .catch(sign_in, self.timeout(), &mut note)
            .map_err(|error| match error {
                LoopbackError::TimedOut => Failure::from(error).with_advice(LATE.to_owned()),
                other => other.into(),
            })
    }

    /// Takes the address that a browser elsewhere ended at.
    fn paste(&self, sign_in: &SignIn) -> Result<SecretString, Failure> {
        eprintln!(
            "Open this address in a browser and sign in:\n\n  {}\n",
            sign_in.address
        );
        eprintln!(
            "Then paste the address that the browser is sent to (it begins with {}):",
            sign_in.redirect_uri
        );
        if io::stdin().is_terminal() {
            eprint!("> ");
        }
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || sender.send(read_line()));
        let line = lines.recv_timeout(self.timeout());
        let line = line.map_err(|_| LoopbackError::TimedOut)??;
        let line = line.trim();
        let address = Url::parse(line).map_err(|_| {
            anyhow!("that is no address: paste all of it, with everything behind the question mark")
        })?;
        Ok(sign_in.code(&Answer::of_query(address.query().unwrap_or_default()))?)
    }
}

fn read_line() -> io::Result<String> {
    let mut line = String::new();
    let mut input = io::BufReader::new(io::stdin().take(MOST_PASTED_BYTES));
    io::BufRead::read_line(&mut input, &mut line)?;
    Ok(line)
}
