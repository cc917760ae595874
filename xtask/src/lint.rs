//! Checks that need no running server: format, clippy, dependencies, generated code, papers.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::{codegen, docs, process, workspace};

/// The cargo-deny that `deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

/// Runs every check; the first that fails ends it.
///
/// # Errors
/// When a check fails or cannot run.
pub(crate) fn run() -> Result<()> {
    process::run(process::cargo().args(["fmt", "--all", "--check"]))?;
    codegen::run(true)?;
    docs::run()?;
    dependencies()?;
    clippy()
}

/// Checks bans, licences and sources; advisories need a database that is not always in reach.
fn dependencies() -> Result<()> {
    let mut deny = std::process::Command::new(cargo_deny()?);
    deny.current_dir(workspace::root());
    process::run(deny.args(["--locked", "check", "bans", "licenses", "sources"]))
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
