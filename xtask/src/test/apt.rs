//! Debian's packages.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::process;

/// Brings what is known about packages up to date, which comes before installing any.
///
/// # Errors
/// When this is not root on Debian, or the registry cannot be reached.
pub(super) fn update() -> Result<()> {
    ensure!(
        process::find("apt-get").is_some(),
        "there is no apt-get here"
    );
    ensure!(is_root(), "only root may install packages");
    apt_get(&["update"])
}

/// Installs packages.
///
/// # Errors
/// When one of them cannot be had.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(packages);
    apt_get(&arguments)
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .arg("--quiet=2")
        .args(arguments);
    process::run(&mut command)
}

/// Says whether this process runs as root, as the owner of its own description shows.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(Path::new("/proc/self")).is_ok_and(|own| own.uid() == 0)
}
