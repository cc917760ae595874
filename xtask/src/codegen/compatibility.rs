//! The compatibility page, which the server's own dispatch table is printed as.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::workspace;

const PAGE: &str = "docs/compatibility.md";

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

fn printed() -> Result<Vec<u8>> {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "poolhouse-server"])
        .args(["--example", "compatibility_page"])
        .current_dir(workspace::root())
        .output()
        .context("cargo cannot be started")?;
    ensure!(
        output.status.success(),
        "the compatibility page cannot be printed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(output.stdout)
}
