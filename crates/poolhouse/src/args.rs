//! The command line.

use std::path::PathBuf;

use clap::error::Error as ClapError;
use clap::value_parser;
use clap::{
    Arg, ArgAction, ArgMatches, Args as _, Command as ClapCommand, FromArgMatches, Subcommand as _,
};
use poolhouse_config::{Config, Environment, Flags, Purpose};

use crate::explain::{self, ExplainArgs};
use crate::seed::SeedCommand;
use crate::token::{self, TokenCommand};

const ABOUT: &str = "A self-hosted identity server that speaks Amazon Cognito.";

const SERVE: &str = "Serves user pools until it is told to stop";

const SERVE_MORE: &str = "\
Serves user pools until it is told to stop (Ctrl-C or SIGTERM): requests under way are then answered \
first.

Point any Cognito client at it by changing its endpoint. Everything is kept in ./poolhouse-data \
unless --data-dir, --database or --ephemeral say otherwise. A flag wins over the environment, and \
the environment over the file of --config.

The master key, which seals the secrets in the database, is read from POOLHOUSE_MASTER_KEY or from \
a file that is made at the first start. Keep a copy of it apart from the database's.";

const QUICKSTART: &str =
    "Serves a ready pool, two app clients and a user, and prints how to use them";

const QUICKSTART_MORE: &str = "\
Makes a user pool, a public and a confidential app client and a user with a password (where they are \
not there yet), prints what to open and requests that can be run as they are, and serves.

It is for the dev profile. A second run on the same data prints the same ids and the same password. \
It takes the flags of serve.";

const SEED: &str = "Makes the pools, clients and users of a document where they are not there yet";

const SEED_MORE: &str = "\
Makes the pools, app clients and users of a YAML or JSON document, with fixed ids and passwords, where \
they are not there yet, and puts passwords right that were changed. It is for the dev profile. A \
second run changes nothing.

It works on the store itself, of which no server may have the data directory at the time; a server \
that runs takes the document with --endpoint.

Exit codes: 0 when everything is as the document says, 1 when it cannot be, 2 when --plan has found \
something to change.";

const CA: &str = "Prints where the local CA's certificate is, and how to trust it";

const CA_MORE: &str = "\
Prints the file of the certificate that `--tls self-signed` makes its certificates with, and how \
browsers and programs are told to trust it. It is made in the data directory if it is not there yet, \
so that it can be trusted before the first start.";

const HEALTH: &str = "Asks the server of these settings whether it is well";

const HEALTH_MORE: &str = "\
Asks the server that listens where these settings say whether it is well, and prints its answer. \
Exit code 0 when it is, 1 when it is not or does not answer: for the health check of a container.";

/// What was asked for, with the settings, or what is wrong with them.
pub(crate) enum Command {
    /// `serve`
    Serve(anyhow::Result<Config>),
    /// `quickstart`
    Quickstart(anyhow::Result<Config>),
    /// `health`
    Health(anyhow::Result<Config>),
    /// `ca`
    Ca {
        /// Whether the certificate itself is printed.
        is_pem: bool,
        /// The settings.
        config: anyhow::Result<Config>,
    },
    /// `seed`
    Seed(SeedCommand, anyhow::Result<Config>),
    /// `token`, with the environment, which has its secrets.
    Token(TokenCommand, Environment),
    /// `explain`
    Explain(ExplainArgs),
}

/// Reads the command line and the environment; prints help, version or what is wrong with the
/// command line, and ends the process.
pub(crate) fn read() -> Command {
    match command().get_matches().subcommand() {
        Some(("quickstart", matches)) => Command::Quickstart(load(matches, Purpose::Serve)),
        Some(("health", matches)) => Command::Health(load(matches, Purpose::Use)),
        Some(("ca", matches)) => Command::Ca {
            is_pem: matches.get_flag("pem"),
            config: load(matches, Purpose::Use),
        },
        Some(("seed", matches)) => {
            Command::Seed(seed_command(matches), load(matches, Purpose::Use))
        }
        Some(("token", matches)) => Command::Token(parsed(matches), environment()),
        Some(("explain", matches)) => Command::Explain(parsed(matches)),
        Some((_, matches)) => Command::Serve(load(matches, Purpose::Serve)),
        None => unreachable!("clap insists on a subcommand"),
    }
}

/// What clap has checked already.
fn parsed<T: FromArgMatches>(matches: &ArgMatches) -> T {
    T::from_arg_matches(matches).unwrap_or_else(|error: ClapError| error.exit())
}

fn command() -> ClapCommand {
    let subcommand = |name, about, long_about: &'static str| {
        ClapCommand::new(name)
            .about(about)
            .long_about(long_about)
            .args(poolhouse_config::arguments())
    };
    let pem = Arg::new("pem")
        .long("pem")
        .action(ArgAction::SetTrue)
        .help("Prints the certificate itself, for a pipe or a file");
    ClapCommand::new("poolhouse")
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(subcommand("serve", SERVE, SERVE_MORE))
        .subcommand(subcommand("quickstart", QUICKSTART, QUICKSTART_MORE))
        .subcommand(subcommand("health", HEALTH, HEALTH_MORE))
        .subcommand(subcommand("ca", CA, CA_MORE).arg(pem))
        .subcommand(seed())
        .subcommand(token())
        .subcommand(explain())
}

fn token() -> ClapCommand {
    let command = ClapCommand::new("token");
    TokenCommand::augment_subcommands(command)
        .about(token::ABOUT)
        .long_about(token::LONG_ABOUT)
        .subcommand_required(true)
        .arg_required_else_help(true)
}

fn explain() -> ClapCommand {
    ExplainArgs::augment_args(ClapCommand::new("explain"))
        .about(explain::ABOUT)
        .long_about(explain::LONG_ABOUT)
}

fn seed() -> ClapCommand {
    let file = Arg::new("file")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .required(true)
        .help("The document");
    let plan = Arg::new("plan")
        .long("plan")
        .action(ArgAction::SetTrue)
        .help("Only tells what would change; exit code 2 says that something would");
    let endpoint = Arg::new("endpoint")
        .long("endpoint")
        .value_name("URL")
        .help("Address of a running server, which takes the document: http://localhost:9229");
    ClapCommand::new("seed")
        .about(SEED)
        .long_about(SEED_MORE)
        .args([file, plan, endpoint])
        .args(poolhouse_config::arguments_without("seed"))
}

fn seed_command(matches: &ArgMatches) -> SeedCommand {
    SeedCommand {
        // clap insists on it.
        file: matches.get_one("file").cloned().unwrap_or_default(),
        is_plan: matches.get_flag("plan"),
        endpoint: matches.get_one("endpoint").cloned(),
    }
}

fn load(matches: &ArgMatches, purpose: Purpose) -> anyhow::Result<Config> {
    let flags = Flags::from_matches(matches);
    let read_file = |path: &std::path::Path| std::fs::read_to_string(path);
    Ok(poolhouse_config::load(
        &flags,
        &environment(),
        purpose,
        read_file,
    )?)
}

/// The variables of the process; those that are no text are none of ours.
fn environment() -> Environment {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_commands_are_sound() {
        super::command().debug_assert();
    }
}
