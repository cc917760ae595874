//! Checks of the papers, so that they do not drift from the project.

mod check_tests;
mod crate_names;
mod links;
mod security_checks;
mod summary;

use anyhow::{Result, ensure};

/// Checks every paper.
///
/// # Errors
/// With one line for each fault.
pub(crate) fn run() -> Result<()> {
    let mut faults = crate_names::faults()?;
    faults.extend(links::faults()?);
    faults.extend(security_checks::faults()?);
    faults.extend(summary::faults()?);
    ensure!(
        faults.is_empty(),
        "the papers have faults:\n{}",
        faults.join("\n")
    );
    println!("papers checked: crate names, links, tests of security checks, order of pages");
    Ok(())
}

/// Writes what the papers take from the tree: the tests of the security checks.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn write() -> Result<()> {
    security_checks::write()
}
