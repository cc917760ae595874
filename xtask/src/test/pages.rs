//! The code on the pages of `docs/`, run as a reader would run it.

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
    let folder = workspace::root().join("tests/docs");
    process::run(&mut clients::node_test(&folder)?)
}
