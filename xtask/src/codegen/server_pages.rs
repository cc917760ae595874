//! The pages that the server's own tables are printed as.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::{process, workspace};

/// Each page, and the example that prints it.
const PAGES: [(&str, &str); 2] = [
    ("docs/compatibility.md", "compatibility_page"),
    ("docs/errors.md", "errors_page"),
];

/// Writes the pages, or with `check` compares them.
/// # Errors
/// When the server does not build, and with `check` when a page is stale.
pub(super) fn run(check: bool) -> Result<()> {
    build()?;
    for (page, example) in PAGES {
        let text = printed(example)?;
        let file = workspace::root().join(page);
        if !check {
            fs::write(&file, text).with_context(|| format!("{page} cannot be written"))?;
        } else if fs::read(&file).unwrap_or_default() != text {
            bail!("{page} is stale: run `cargo xtask codegen`");
        }
    }
    Ok(())
}

/// Builds the examples. The whole workspace is named, so that the libraries are those that the
/// tests are built with; for one package cargo would choose other features and build them anew.
fn build() -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--quiet", "--workspace", "--locked"]);
    for (_, example) in PAGES {
        cargo.args(["--example", example]);
    }
    process::run(&mut cargo)
}

fn printed(example: &str) -> Result<Vec<u8>> {
    let program = workspace::target().join("debug/examples").join(example);
    let output = Command::new(&program)
        .output()
        .with_context(|| format!("{} cannot be started", program.display()))?;
    ensure!(
        output.status.success(),
        "{example} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(output.stdout)
}
