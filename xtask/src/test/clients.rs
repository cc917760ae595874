//! Unmodified clients, each in its own language, against the real binary on each engine.

use std::path::Path;
use std::process::Command;
use std::thread::{self, ScopedJoinHandle};

use anyhow::{Context as _, Error, Result, anyhow, ensure};

use super::engine::Engine;
use super::poolhouse::{self, Poolhouse};
use super::postgres::Postgres;
use super::secrets::UsedSecrets;
use super::{packages, requirements};
use crate::stopwatch::Stopwatch;
use crate::{process, workspace};

/// Names the server's address to the tests.
const ENDPOINT: &str = "POOLHOUSE_ENDPOINT";

/// Names the program to the tests that start it themselves.
pub(super) const BINARY: &str = "POOLHOUSE_BINARY";

/// Names the file to which the tests write the secrets they use.
pub(super) const SECRETS: &str = "POOLHOUSE_SECRETS";

/// Names the interpreter of the Python clients to tests that run what a page shows.
const PYTHON: &str = "POOLHOUSE_PYTHON";

/// Names the browser to the tests, and what they open windows in that need no profile of a user.
const CHROMIUM: &str = "POOLHOUSE_CHROMIUM";
const HEADLESS: &str = "POOLHOUSE_HEADLESS";

/// What a run of tests has around it.
struct Surroundings<'a> {
    /// Ring and engine.
    name: String,
    engine: &'a Engine,
    binary: &'a Path,
    server: &'a Poolhouse,
    used: &'a UsedSecrets,
}

/// How the engines take their turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turns {
    /// At once: half of the time, a client waits for something.
    SideBySide,
    /// One after the other, for tests that listen on a fixed port.
    OneByOne,
}

/// A folder of tests and the program that runs them.
pub(super) struct Suite {
    folder: &'static str,
    install: fn() -> Result<()>,
    runner: fn(&Path) -> Result<Command>,
    needs_python: bool,
}

pub(super) const PYTEST: Suite = Suite {
    folder: "tests/sdk/python",
    install: python,
    runner: pytest,
    needs_python: false,
};
pub(super) const NODE_SDK: Suite = Suite {
    folder: "tests/sdk/node",
    install: packages::node,
    runner: node_test,
    needs_python: false,
};
pub(super) const NODE_OIDC: Suite = Suite {
    folder: "tests/oidc",
    install: packages::node,
    runner: node_test,
    needs_python: false,
};
pub(super) const NODE_BROWSER: Suite = Suite {
    folder: "tests/browser",
    install: packages::node,
    runner: node_test,
    needs_python: true,
};
pub(super) const NODE_EXAMPLES: Suite = Suite {
    folder: "tests/examples",
    install: packages::node,
    runner: node_test,
    needs_python: false,
};
/// Not a ring: it writes pictures.
pub(super) const NODE_SCREENSHOTS: Suite = Suite {
    folder: "tests/screenshots",
    install: packages::node,
    runner: node_test,
    needs_python: false,
};

/// Runs the suites of a ring, with one server for each engine.
///
/// # Errors
/// When a client cannot be installed, the server fails, a test does, or the server's log holds a
/// secret (check 67); all suites run first.
pub(super) fn run(
    ring: &str,
    postgres: Option<&Postgres>,
    suites: &[Suite],
    turns: Turns,
) -> Result<()> {
    let binary = poolhouse::build()?;
    for suite in suites {
        suite.install()?;
    }
    let engines = Engine::all(ring, postgres)?;
    let run_on = |engine: &Engine| run_on(engine, ring, &binary, suites);
    let outcomes: Vec<_> = match turns {
        Turns::OneByOne => engines.iter().map(run_on).collect(),
        Turns::SideBySide => thread::scope(|scope| {
            let started = engines.iter().map(|engine| scope.spawn(|| run_on(engine)));
            let started: Vec<_> = started.collect();
            let ended = started.into_iter().map(ScopedJoinHandle::join);
            let panicked = |_| Err(anyhow!("a run of tests panicked"));
            ended
                .map(|outcome| outcome.unwrap_or_else(panicked))
                .collect()
        }),
    };
    let mut failures = Vec::new();
    for outcome in outcomes {
        failures.extend(outcome?);
    }
    let failures: Vec<_> = failures.iter().map(|error| format!("{error:#}")).collect();
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

/// Runs suites against a server of their own and returns what failed.
fn run_on(engine: &Engine, ring: &str, binary: &Path, suites: &[Suite]) -> Result<Vec<Error>> {
    let stopwatch = Stopwatch::start();
    let name = format!("{ring}-{}", engine.name());
    let used = UsedSecrets::none_yet(workspace::target().join(format!("{name}.secrets")))?;
    let server = Poolhouse::start(binary, &name, engine)?;
    let around = Surroundings {
        name: name.clone(),
        engine,
        binary,
        server: &server,
        used: &used,
    };
    let mut failures: Vec<_> = suites
        .iter()
        .filter_map(|suite| suite.run(&around).err())
        .map(|error| error.context(name.clone()))
        .collect();
    failures.extend(server.stop().and_then(|log| used.refuse_in(&log)).err());
    println!("{name}: {:.1} s", stopwatch.elapsed().as_secs_f64());
    Ok(failures)
}

impl Suite {
    /// Installs what its tests use, unless it is there already.
    fn install(&self) -> Result<()> {
        (self.install)()?;
        if self.needs_python {
            python()?;
        }
        Ok(())
    }

    fn run(&self, around: &Surroundings<'_>) -> Result<()> {
        let folder = workspace::root().join(self.folder);
        let mut command = (self.runner)(&folder)?;
        command.env(ENDPOINT, around.server.endpoint());
        command.env(BINARY, around.binary);
        command.env(SECRETS, around.used.file());
        if self.needs_python {
            command.env(PYTHON, packages::python()?);
        }
        if let Some(chromium) = requirements::chromium() {
            let headless = around.engine.headless_browser();
            command.env(HEADLESS, headless.as_ref().unwrap_or(&chromium));
            command.env(CHROMIUM, chromium);
        }
        process::run_labelled(&around.name, command).context(self.folder)
    }
}

fn python() -> Result<()> {
    packages::python().map(drop)
}

fn pytest(folder: &Path) -> Result<Command> {
    let mut command = Command::new(packages::python()?);
    command
        .args(["-m", "pytest", "-q", "-p", "no:cacheprovider"])
        .arg(folder);
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(command)
}

/// Prepares the run of the tests in a folder by Node.js.
///
/// # Errors
/// When the clients cannot be installed.
pub(super) fn node_test(folder: &Path) -> Result<Command> {
    packages::node()?;
    let mut command = Command::new("node");
    command.current_dir(workspace::root());
    command.args(["--test", "--test-reporter=spec", "--test-timeout=300000"]);
    command.args(workspace::files(folder, &[".test.mjs"])?);
    command.env("AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED", "true");
    Ok(command)
}
