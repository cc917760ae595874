//! Checks of the papers, so that they do not drift from the project.

mod crate_names;
mod links;

use anyhow::{Result, ensure};

/// Checks every paper.
///
/// # Errors
/// With one line for each fault.
pub(crate) fn run() -> Result<()> {
    let mut faults = crate_names::faults()?;
    faults.extend(links::faults()?);
    ensure!(
        faults.is_empty(),
        "the papers have faults:\n{}",
        faults.join("\n")
    );
    println!("papers checked: crate names, links");
    Ok(())
}
