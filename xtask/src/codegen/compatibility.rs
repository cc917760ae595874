//! The compatibility page, which the server's own dispatch table is printed as.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::{process, workspace};

const PAGE: &str = "docs/compatibility.md";
const EXAMPLE: &str = "compatibility_page";

/// Writes the page, or with `check` compares it.
/// # Errors
/// When the server does not build, and with `check` when the page is stale.
pub(super) fn run(check: bool) -> Result<()> {
    let page = printed()?;
    let file = workspace::root().join(PAGE);
    if !check {
        return fs::write(&file, page).with_context(|| format!("{PAGE} cannot be written"));
    }
    if fs::read(&file).unwrap_or_default() != page {
        bail!("{PAGE} is stale: run `cargo xtask codegen`");
    }
    Ok(())
}

/// Prints the page. The whole workspace is named, so that the libraries are those that the tests
/// are built with; for one package cargo would choose other features and build them anew.
fn printed() -> Result<Vec<u8>> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--quiet", "--workspace", "--locked"]);
    process::run(cargo.args(["--example", EXAMPLE]))?;
    let program = workspace::target().join("debug/examples").join(EXAMPLE);
    let output = Command::new(&program)
        .output()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    ensure!(
        output.status.success(),
        "the compatibility page cannot be printed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(output.stdout)
}
