//! Unmodified clients, each in its own language, against the real binary on each engine.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Error, Result, ensure};

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
const BINARY: &str = "POOLHOUSE_BINARY";

/// Names the file to which the tests write the secrets they use.
const SECRETS: &str = "POOLHOUSE_SECRETS";

/// Names the interpreter of the Python clients to tests that run what a page shows.
const PYTHON: &str = "POOLHOUSE_PYTHON";

/// Names the browser to the tests.
const CHROMIUM: &str = "POOLHOUSE_CHROMIUM";

/// A folder of tests and the program that runs them.
pub(super) struct Suite {
    folder: &'static str,
    runner: fn(&Path) -> Result<Command>,
    needs_python: bool,
}

pub(super) const PYTEST: Suite = Suite {
    folder: "tests/sdk/python",
    runner: pytest,
    needs_python: false,
};
pub(super) const NODE_SDK: Suite = Suite {
    folder: "tests/sdk/node",
    runner: node_test,
    needs_python: false,
};
pub(super) const NODE_OIDC: Suite = Suite {
    folder: "tests/oidc",
    runner: node_test,
    needs_python: false,
};
pub(super) const NODE_BROWSER: Suite = Suite {
    folder: "tests/browser",
    runner: node_test,
    needs_python: true,
};
pub(super) const NODE_EXAMPLES: Suite = Suite {
    folder: "tests/examples",
    runner: node_test,
    needs_python: false,
};
/// Not a ring: it writes pictures.
pub(super) const NODE_SCREENSHOTS: Suite = Suite {
    folder: "tests/screenshots",
    runner: node_test,
    needs_python: false,
};

/// Runs the suites of a ring, with one server for each engine.
///
/// # Errors
/// When a client cannot be installed, the server fails, a test does, or the server's log holds a
/// secret (check 67); all suites run first.
pub(super) fn run(ring: &str, postgres: Option<&Postgres>, suites: &[Suite]) -> Result<()> {
    let binary = poolhouse::build()?;
    let mut failures = Vec::new();
    for engine in Engine::all(ring, postgres)? {
        let stopwatch = Stopwatch::start();
        let name = format!("{ring}-{}", engine.name());
        failures.extend(run_on(&engine, &name, &binary, suites)?);
        println!("{name}: {:.1} s", stopwatch.elapsed().as_secs_f64());
    }
    let failures: Vec<_> = failures.iter().map(|error| format!("{error:#}")).collect();
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

/// Runs suites against a server of their own and returns what failed.
fn run_on(engine: &Engine, name: &str, binary: &Path, suites: &[Suite]) -> Result<Vec<Error>> {
    let used = UsedSecrets::none_yet(workspace::target().join(format!("{name}.secrets")))?;
    let server = Poolhouse::start(binary, name, engine)?;
    let mut failures: Vec<_> = suites
        .iter()
        .filter_map(|suite| suite.run(binary, &server, &used).err())
        .map(|error| error.context(name.to_owned()))
        .collect();
    failures.extend(server.stop().and_then(|log| used.refuse_in(&log)).err());
    Ok(failures)
}

impl Suite {
    fn run(&self, binary: &Path, server: &Poolhouse, used: &UsedSecrets) -> Result<()> {
        let folder = workspace::root().join(self.folder);
        let mut command = (self.runner)(&folder)?;
        command.env(ENDPOINT, server.endpoint());
        command.env(BINARY, binary);
        command.env(SECRETS, used.file());
        if self.needs_python {
            command.env(PYTHON, packages::python()?);
        }
        if let Some(chromium) = requirements::chromium() {
            command.env(CHROMIUM, chromium);
        }
        process::run(&mut command).context(self.folder)
    }
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
