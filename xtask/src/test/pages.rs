//! The code on the pages of `docs/`, run as a reader would run it.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::{clients, packages, poolhouse};
use crate::{process, workspace};

/// Runs the code of every page; the tests start servers of their own.
///
/// # Errors
/// When the server does not compile, a client cannot be installed, or the code of a page fails.
pub(super) fn run() -> Result<()> {
    poolhouse::build()?;
    packages::python()?;
    let target = workspace::target().join("pages");
    for manifest in crates()? {
        let mut cargo = process::cargo();
        cargo.args(["build", "--quiet", "--locked", "--manifest-path"]);
        process::run(cargo.arg(manifest).env("CARGO_TARGET_DIR", &target))?;
    }
    let folder = workspace::root().join("tests/docs");
    process::run(&mut clients::node_test(&folder)?)
}

/// Lists the manifests of the programs in Rust on the pages, which have lock files of their own:
/// what they need is theirs, not the server's.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn crates() -> Result<Vec<PathBuf>> {
    let mut manifests = Vec::new();
    for entry in fs::read_dir(workspace::root().join("tests/docs/rust"))? {
        manifests.push(entry?.path().join("Cargo.toml"));
    }
    manifests.sort();
    Ok(manifests)
}
