//! `Dockerfile` and `compose.yaml`, run as the papers have it.

use anyhow::Result;

use super::clients::{BINARY, SECRETS, node_test};
use super::poolhouse;
use super::secrets::UsedSecrets;
use crate::{process, workspace};

/// Runs the recipe; the tests make what it takes from registries, and say so where no container
/// can be run.
///
/// # Errors
/// When the server does not compile, a client cannot be installed, or the recipe fails.
pub(super) fn run() -> Result<()> {
    let binary = poolhouse::build()?;
    let used = UsedSecrets::none_yet(workspace::target().join("containers.secrets"))?;
    let mut command = node_test(&workspace::root().join("tests/containers"))?;
    command.env(BINARY, binary).env(SECRETS, used.file());
    process::run(&mut command)
}
