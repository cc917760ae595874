//! Development commands of Poolhouse: `cargo xtask` lists them.

mod bench;
mod ci;
mod codegen;
mod docs;
mod lint;
mod process;
mod stopwatch;
mod test;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory as _, Parser, Subcommand};

use crate::test::Ring;

/// The one development tool of Poolhouse: nothing but cargo has to be there first.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Subcommands>,
}

#[derive(Subcommand)]
enum Subcommands {
    /// Builds the server and runs its quickstart; what follows goes to it.
    Dev {
        /// Flags of `poolhouse quickstart`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        flags: Vec<OsString>,
    },
    /// Checks format, clippy, dependencies, generated code and papers.
    Lint,
    /// Checks the papers: the crates that ARCHITECTURE.md names, links between documents, and the
    /// tests that docs/security-checks.md names.
    Docs {
        /// Writes the names of the tests before.
        #[arg(long)]
        write: bool,
    },
    /// Runs every ring of tests, or those named, and prints the seconds each took.
    Test {
        /// The rings to run; all when none is named.
        rings: Vec<Ring>,
    },
    /// Writes the wire types of `api-model` from the API model in `spec/`.
    Codegen {
        /// Compares instead of writing.
        #[arg(long)]
        check: bool,
    },
    /// Accepts the snapshots that the tests produce now, and removes those no test refers to.
    Snapshots,
    /// Takes the pictures of `docs/images/` anew: every page, wide and narrow.
    Screenshots,
    /// Measures the optimised server against its budgets; what follows goes to the program that does.
    Bench {
        /// Replaces the table of docs/performance.md.
        #[arg(long)]
        write: bool,
        /// Flags of the measuring program: --only, --rounds, --users.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        flags: Vec<OsString>,
    },
    /// Does all that continuous integration does, and checks that the tree is unchanged after it.
    Ci,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        None => Ok(Arguments::command().print_help()?),
        Some(Subcommands::Dev { flags }) => dev(&flags),
        Some(Subcommands::Lint) => lint::run(),
        Some(Subcommands::Docs { write }) => {
            if write {
                docs::write()?;
            }
            docs::run()
        }
        Some(Subcommands::Test { rings }) => test::run(&rings),
        Some(Subcommands::Codegen { check }) => codegen::run(check),
        Some(Subcommands::Snapshots) => test::accept_snapshots(),
        Some(Subcommands::Screenshots) => test::take_screenshots(),
        Some(Subcommands::Bench { write, flags }) => bench::run(write, &flags),
        Some(Subcommands::Ci) => ci::run(),
    }
}

fn dev(flags: &[OsString]) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["run", "--package", "poolhouse", "--", "quickstart"]);
    process::run(cargo.args(flags))
}
