//! Unmodified clients, each in its own language, against the real binary on each engine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::engine::Engine;
use super::poolhouse::{self, Poolhouse};
use super::postgres::Postgres;
use super::requirements;
use crate::stopwatch::Stopwatch;
use crate::{process, workspace};

/// Names the server's address to the tests, and the engine behind it.
const ENDPOINT: &str = "POOLHOUSE_ENDPOINT";
const ENGINE: &str = "POOLHOUSE_ENGINE";

/// Names the browser to the tests.
const CHROMIUM: &str = "POOLHOUSE_CHROMIUM";

/// A folder of tests and the program that runs them.
pub(super) struct Suite {
    folder: &'static str,
    runner: fn(&Path) -> Result<Command>,
}

pub(super) const PYTEST: Suite = Suite {
    folder: "tests/sdk/python",
    runner: pytest,
};
pub(super) const NODE_SDK: Suite = Suite {
    folder: "tests/sdk/node",
    runner: node_test,
};
pub(super) const NODE_OIDC: Suite = Suite {
    folder: "tests/oidc",
    runner: node_test,
};
pub(super) const NODE_BROWSER: Suite = Suite {
    folder: "tests/browser",
    runner: node_test,
};

/// Runs the suites of a ring, with one server for each engine.
///
/// # Errors
/// When a client cannot be installed, the server fails, or a test does; all suites run first.
pub(super) fn run(ring: &str, postgres: Option<&Postgres>, suites: &[Suite]) -> Result<()> {
    let binary = poolhouse::build()?;
    let mut failures = Vec::new();
    for engine in Engine::all(ring, postgres)? {
        let stopwatch = Stopwatch::start();
        let server = Poolhouse::start(&binary, ring, &engine)?;
        for suite in suites {
            failures.extend(suite.run(&server, &engine).err());
        }
        failures.extend(server.stop().err());
        println!(
            "{ring} on {}: {:.1} s",
            engine.name(),
            stopwatch.elapsed().as_secs_f64()
        );
    }
    if failures.is_empty() {
        return Ok(());
    }
    let failures: Vec<_> = failures
        .iter()
        .map(|failure| format!("{failure:#}"))
        .collect();
    bail!("{}", failures.join("\n"))
}

impl Suite {
    fn run(&self, server: &Poolhouse, engine: &Engine) -> Result<()> {
        let folder = workspace::root().join(self.folder);
        let mut command = (self.runner)(&folder)?;
        command
            .env(ENDPOINT, server.endpoint())
            .env(ENGINE, engine.name());
        if let Some(chromium) = requirements::chromium() {
            command.env(CHROMIUM, chromium);
        }
        process::run(&mut command).with_context(|| format!("{} on {}", self.folder, engine.name()))
    }
}

fn pytest(folder: &Path) -> Result<Command> {
    let mut command = Command::new(python_environment()?.join("bin/python"));
    command
        .args(["-m", "pytest", "-q", "-p", "no:cacheprovider"])
        .arg(folder);
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(command)
}

fn node_test(folder: &Path) -> Result<Command> {
    install_node_packages()?;
    let mut command = Command::new("node");
    command
        .current_dir(workspace::root())
        .arg("--test")
        .args(["--test-timeout", "60000"]);
    command.args(workspace::files(folder, &[".test.mjs"])?);
    Ok(command)
}

/// Makes the Python environment, unless it holds the pinned packages already.
fn python_environment() -> Result<PathBuf> {
    let environment = workspace::target().join("python");
    let pinned = workspace::root().join("tests/requirements.txt");
    once_for(&pinned, &environment.join("installed.txt"), || {
        process::run(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&environment),
        )?;
        let mut pip = Command::new(environment.join("bin/python"));
        pip.args(["-m", "pip", "install", "--quiet", "--requirement"]);
        process::run(pip.arg(&pinned))
    })?;
    Ok(environment)
}

/// Installs the packages of the lock file, unless they are there already.
fn install_node_packages() -> Result<()> {
    let tests = workspace::root().join("tests");
    once_for(
        &tests.join("package-lock.json"),
        &tests.join("node_modules/installed.json"),
        || {
            let mut npm = Command::new("npm");
            npm.current_dir(&tests)
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
            process::run(&mut npm)
        },
    )
}

/// Runs `install` unless `stamp`, which a run before left, equals `pinned`.
fn once_for(pinned: &Path, stamp: &Path, install: impl FnOnce() -> Result<()>) -> Result<()> {
    let wanted = fs::read(pinned).with_context(|| format!("cannot read {}", pinned.display()))?;
    if fs::read(stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    install()?;
    fs::write(stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installation_is_made_again_only_when_the_pins_change() {
        let folder = tempfile::tempdir().unwrap();
        let (pinned, stamp) = (folder.path().join("pinned"), folder.path().join("stamp"));
        let mut installed = 0;
        for pins in ["a", "a", "b"] {
            fs::write(&pinned, pins).unwrap();
            once_for(&pinned, &stamp, || {
                installed += 1;
                Ok(())
            })
            .unwrap();
        }
        assert_eq!(installed, 2);
    }

    #[test]
    fn a_failed_installation_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let (pinned, stamp) = (folder.path().join("pinned"), folder.path().join("stamp"));
        fs::write(&pinned, "a").unwrap();
        assert!(once_for(&pinned, &stamp, || bail!("no network")).is_err());
        assert!(!stamp.exists());
    }
}
