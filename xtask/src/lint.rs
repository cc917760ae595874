//! Checks that need no running server: format, clippy, dependencies, generated code, papers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context as _, Result, anyhow, ensure};

use crate::{codegen, docs, process, test, workspace};

/// The cargo-deny that `deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

/// Runs every check.
///
/// # Errors
/// When one of them fails or cannot run; the others run all the same.
pub(crate) fn run() -> Result<()> {
    let (deny, others) = thread::scope(|scope| {
        // It compiles while clippy waits for one large crate, and the other way round.
        let deny = scope.spawn(cargo_deny);
        let others = [format(), codegen::run(true), docs::run(), clippy()];
        let installed = deny.join();
        (
            installed.unwrap_or_else(|_| Err(anyhow!("the installation of cargo-deny panicked"))),
            others,
        )
    });
    let dependencies = deny.and_then(|deny| dependencies(&deny));
    let outcomes = others.into_iter().chain([dependencies]);
    let faults = outcomes.filter_map(Result::err);
    let faults: Vec<_> = faults.map(|fault| format!("{fault:#}")).collect();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

fn format() -> Result<()> {
    process::run(process::cargo().args(["fmt", "--all", "--check"]))
}

/// Checks bans, licences and sources; advisories need a database that is not always in reach.
fn dependencies(program: &Path) -> Result<()> {
    let mut deny = Command::new(program);
    deny.current_dir(workspace::root());
    process::run(deny.args(["--locked", "check", "bans", "licenses", "sources"]))?;
    // A program on a page may bring what the server would not (two versions of a package), but
    // nothing under another licence or from elsewhere.
    for manifest in test::crates_of_pages()? {
        let mut deny = Command::new(program);
        deny.current_dir(workspace::root());
        deny.args(["--locked", "--config", "deny.toml", "--manifest-path"]);
        deny.arg(manifest).args(["check", "licenses", "sources"]);
        // What the server alone needs is allowed in vain here.
        deny.args(["--allow", "license-not-encountered"]);
        deny.args(["--allow", "license-exception-not-encountered"]);
        process::run(&mut deny)?;
    }
    Ok(())
}

/// Returns the pinned cargo-deny, installed beside the build if it is not there yet.
/// A debug build takes a third of the time of a release build, and the check two seconds.
fn cargo_deny() -> Result<PathBuf> {
    let tools = workspace::target().join("tools");
    let installed = tools.join(format!("cargo-deny-{CARGO_DENY}"));
    if !installed.is_file() {
        let mut cargo = process::cargo();
        cargo.args([
            "install",
            "cargo-deny",
            "--version",
            CARGO_DENY,
            "--locked",
            "--debug",
        ]);
        cargo.arg("--root").arg(&tools).args(["--force", "--quiet"]);
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        cargo.env("CARGO_TARGET_DIR", tools.join("build"));
        process::run(&mut cargo).context("cargo-deny cannot be installed")?;
        fs::rename(tools.join("bin/cargo-deny"), &installed)?;
        fs::remove_dir_all(tools.join("build"))?;
    }
    Ok(installed)
}

fn clippy() -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["clippy", "--workspace", "--all-targets", "--locked"]);
    process::run(cargo.args(["--", "--deny", "warnings"]))
}
