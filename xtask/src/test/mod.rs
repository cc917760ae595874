//! The rings of tests, from the rules of one function to a stranger's client in a browser.

mod account;
mod apt;
mod clients;
mod containers;
mod engine;
mod examples;
mod packages;
mod pages;
mod poolhouse;
mod postgres;
mod requirements;
mod secrets;
mod snapshots;
mod workspace_tests;

use std::time::Duration;

use anyhow::{Result, ensure};
use clap::ValueEnum;

use self::clients::{Suite, Turns};
use self::postgres::Postgres;
use crate::lint;
use crate::stopwatch::Stopwatch;

pub(crate) use self::pages::crates as crates_of_pages;
pub(crate) use self::snapshots::accept as accept_snapshots;

/// A ring of tests; each trusts what the ones before it prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ring {
    /// Format, clippy, dependencies, generated code, papers.
    Lint,
    /// Unit tests, the storage suite on both engines, door tests, the real binary.
    Rust,
    /// Unmodified AWS clients against the real binary: Python and Node.js.
    Sdk,
    /// A stranger's relying party against the real binary.
    Oidc,
    /// Pages of another origin in Chromium against the real binary.
    Browser,
    /// The applications of `examples/`, built and driven in Chromium.
    Examples,
    /// The code on the pages of `docs/`, as a reader runs it.
    Pages,
    /// The recipe for containers, run by a container engine.
    Containers,
}

/// Runs rings and prints how long each took; all of them when none is named.
///
/// # Errors
/// When a ring fails, or when something it needs is missing; the others run all the same.
pub(crate) fn run(named: &[Ring]) -> Result<()> {
    let rings = if named.is_empty() {
        Ring::value_variants()
    } else {
        named
    };
    let missing = requirements::install(rings);
    let postgres = start_postgres(rings)?;
    let outcomes: Vec<_> = rings
        .iter()
        .map(|ring| {
            let stopwatch = Stopwatch::start();
            let outcome = ring.run(postgres.as_ref());
            (*ring, stopwatch.elapsed(), outcome)
        })
        .collect();
    drop(postgres);
    report(&outcomes, &missing)
}

/// Takes the pictures of `docs/images/` anew.
///
/// # Errors
/// When something it needs is missing, or a page is not what it was.
pub(crate) fn take_screenshots() -> Result<()> {
    let missing = requirements::install(&[Ring::Browser]);
    ensure!(missing.is_empty(), "{}", missing.join("\n"));
    clients::run(
        "screenshots",
        None,
        &[clients::NODE_SCREENSHOTS],
        Turns::OneByOne,
    )
}

/// Starts the one PostgreSQL server of the run, if a ring needs it and it is installed.
fn start_postgres(rings: &[Ring]) -> Result<Option<Postgres>> {
    let is_needed = rings
        .iter()
        .any(|ring| !matches!(ring, Ring::Lint | Ring::Pages | Ring::Containers));
    let installed = postgres::programs().filter(|_| is_needed);
    installed.map(Postgres::start).transpose()
}

impl Ring {
    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Rust => "rust",
            Self::Sdk => "sdk",
            Self::Oidc => "oidc",
            Self::Browser => "browser",
            Self::Examples => "examples",
            Self::Pages => "pages",
            Self::Containers => "containers",
        }
    }

    fn run(self, postgres: Option<&Postgres>) -> Result<()> {
        println!("\n== {} ==", self.name());
        let clients =
            |suites: &[Suite]| clients::run(self.name(), postgres, suites, Turns::SideBySide);
        match self {
            Self::Lint => lint::run(),
            Self::Rust => workspace_tests::run(postgres),
            Self::Sdk => clients(&[clients::PYTEST, clients::NODE_SDK]),
            Self::Oidc => clients(&[clients::NODE_OIDC]),
            Self::Browser => clients(&[clients::NODE_BROWSER]),
            Self::Examples => examples::run(self.name(), postgres),
            Self::Pages => pages::run(),
            Self::Containers => containers::run(),
        }
    }
}

fn report(outcomes: &[(Ring, Duration, Result<()>)], missing: &[String]) -> Result<()> {
    println!("\n== seconds ==");
    for (ring, took, outcome) in outcomes {
        let seconds = took.as_secs_f64();
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("{:10} {seconds:7.1}  {word}", ring.name());
    }
    for (ring, _, outcome) in outcomes {
        if let Err(error) = outcome {
            eprintln!("{}: {error:#}", ring.name());
        }
    }
    for line in missing {
        eprintln!("missing: {line}");
    }
    let failed = outcomes
        .iter()
        .filter(|(_, _, outcome)| outcome.is_err())
        .count();
    ensure!(failed == 0, "{failed} of {} rings failed", outcomes.len());
    ensure!(
        missing.is_empty(),
        "the rings passed, but not all of their tests could run"
    );
    Ok(())
}
