//! `poolhouse token verify`

use clap::{Args, ValueEnum};
use poolhouse_config::Environment;
use poolhouse_model::{Clock as _, Ttl};
use poolhouse_relying_party::shown::shown_json;
use poolhouse_relying_party::verification::{Expectations, Recipient, TokenUse, verify};
use serde_json::json;

use super::checks::{LEEWAY_SECS, report_json, report_lines, signed};
use super::input::{Given, TokenArgs};
use super::issuer_args::IssuerArgs;
use super::{Failure, Outcome};
use crate::stdout::print;
use crate::system_clock::SystemClock;

const LONG: &str = "\
Verifies a token with the keys of its issuer: algorithm, key, signature, issuer, client or audience, \
kind and times. Each check is told, and each failure has a name and an exit code (see poolhouse token \
--help).

Say for whom the token must be: a token of the same issuer for another app is none for yours. In a \
file of --save, issuer and client are known.

  poolhouse token verify --issuer http://localhost:9229/us-east-1_5af3v2UKS \\
    --client-id ursf8tho6k2xjpxvrzz0uqu4mu --token-use access < access-token

Revoked tokens hold until they expire: only the issuer knows better (poolhouse token userinfo asks).";

/// Verifies a token, and says of each check whether it holds
#[derive(Args, Debug)]
#[command(long_about = LONG)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    token: TokenArgs,
    #[command(flatten)]
    issuer: IssuerArgs,
    /// App client that the token must be for
    #[arg(long, value_name = "ID", env = "POOLHOUSE_CLIENT_ID")]
    client_id: Option<String>,
    /// Audience (aud) that the token must be for
    #[arg(long, value_name = "AUD")]
    audience: Option<String>,
    /// Takes the token of any client of the issuer, whatever else names a client
    #[arg(long)]
    any_client: bool,
    /// What the token must be for, by its claim `token_use`, which Cognito's tokens have
    #[arg(long, value_name = "USE")]
    token_use: Option<TokenUseArg>,
    /// Nonce that the token must hold
    #[arg(long)]
    nonce: Option<String>,
    /// How far clocks may be apart
    #[arg(long, value_name = "SECONDS", default_value_t = LEEWAY_SECS)]
    leeway: u32,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

/// `--token-use`
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TokenUseArg {
    /// An ID token
    Id,
    /// An access token
    Access,
}

impl From<TokenUseArg> for TokenUse {
    fn from(arg: TokenUseArg) -> Self {
        match arg {
            TokenUseArg::Id => Self::Id,
            TokenUseArg::Access => Self::Access,
        }
    }
}

/// Verifies it, and tells each check.
/// # Errors
/// When one does not hold, or there is nothing to verify.
pub(super) fn run(args: &VerifyArgs, environment: &Environment) -> Outcome {
    let given = args.token.read(environment)?;
    let token_use = args.token_use.map(TokenUse::from);
    let text = match &given {
        Given::Token(token) => token,
        Given::Saved(saved) => saved.of_use(token_use.unwrap_or(TokenUse::Access))?,
    };
    let token = signed(text)?;
    let saved = given.saved();
    let client = args.client_id.as_deref();
    let client = client.or_else(|| saved.map(|saved| saved.client_id.as_str()));
    let audience = args.audience.as_deref();
    let recipient = match client.filter(|_| !args.any_client) {
        Some(client) => Recipient::Client(client),
        None if args.any_client || audience.is_some() => Recipient::AnyClient,
        None => {
            return Err(anyhow::anyhow!(
                "for whom must the token be? Give --client-id ID or --audience AUD; --any-client \
                 takes that of any client"
            )
            .into());
        }
    };
    let found = args.issuer.find(saved)?;
    let keys = found.provider.keys(&found.web)?;
    let expected = Expectations {
        issuer: &found.provider.issuer,
        recipient,
        audience,
        token_use,
        is_token_use_required: true,
        nonce: args.nonce.as_deref(),
        access_token: None,
        subject: None,
        now: SystemClock.now(),
        leeway: Ttl::from_secs(args.leeway.into()),
    };
    let report = verify(&token, &keys, &expected);
    let is_good = report.worst().is_none();
    if args.json {
        let claims = is_good.then_some(&token.claims);
        let told = json!({"verified": is_good, "checks": report_json(&report), "claims": claims});
        print(&shown_json(&told))?;
    } else {
        for line in report_lines(&report) {
            print(&line)?;
        }
        if is_good {
            print("The token is good.")?;
        }
    }
    Failure::of_report("token", &report)
}
