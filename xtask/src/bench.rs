//! Builds the real binary and the program that measures it, optimised, and runs it.

use std::ffi::OsString;
use std::fs;

use anyhow::Result;

use crate::{process, workspace};

/// The document whose table `--write` replaces.
const DOCUMENT: &str = "docs/performance.md";

/// Measures the budgets; with `is_written` the table of the document is replaced.
///
/// # Errors
/// When something does not compile, cannot be measured, or is over its budget.
pub(crate) fn run(is_written: bool, flags: &[OsString]) -> Result<()> {
    // One after the other: together, cargo would build the server with features that only the
    // measuring program asks for.
    for package in ["poolhouse", "poolhouse-bench"] {
        let build = ["build", "--release", "--locked", "--package", package];
        process::run(process::cargo().args(build))?;
    }
    let built = workspace::target().join("release");
    let work_dir = workspace::target().join("bench");
    fs::create_dir_all(&work_dir)?;
    let mut bench = std::process::Command::new(built.join("poolhouse-bench"));
    bench.arg("--server").arg(built.join("poolhouse"));
    bench.arg("--work-dir").arg(work_dir);
    if is_written {
        bench.arg("--write").arg(workspace::root().join(DOCUMENT));
    }
    process::run(bench.args(flags))
}
