//! The pinned packages of the clients, installed where nothing else is touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{process, workspace};

/// Makes the Python environment of the tests; returns its interpreter.
///
/// # Errors
/// When a package cannot be had.
pub(super) fn python() -> Result<PathBuf> {
    pip("python", &workspace::root().join("tests/requirements.txt"))
}

/// Makes a Python environment under a name of its own, unless it holds the pinned packages
/// already; returns its interpreter.
///
/// # Errors
/// When a package cannot be had.
pub(super) fn pip(name: &str, pinned: &Path) -> Result<PathBuf> {
    let environment = workspace::target().join(name);
    let interpreter = environment.join("bin/python");
    once_for(pinned, &environment.join("installed.txt"), || {
        let mut venv = Command::new("python3");
        process::run(venv.args(["-m", "venv", "--clear"]).arg(&environment))?;
        let mut pip = Command::new(&interpreter);
        pip.args(["-m", "pip", "install", "--quiet", "--requirement"]);
        process::run(pip.arg(pinned))
    })?;
    Ok(interpreter)
}

/// Installs what the tests in Node.js use, unless it is there already.
///
/// # Errors
/// When a package cannot be had.
pub(super) fn node() -> Result<()> {
    npm(&workspace::root().join("tests"))
}

/// Installs the packages of the lock file in a folder, unless they are there already.
///
/// # Errors
/// When a package cannot be had.
pub(super) fn npm(folder: &Path) -> Result<()> {
    let stamp = folder.join("node_modules/installed.json");
    once_for(&folder.join("package-lock.json"), &stamp, || {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
        process::run(npm.current_dir(folder))
    })
}

/// Runs `install` unless `stamp`, which a run before left, equals `pinned`.
fn once_for(pinned: &Path, stamp: &Path, install: impl FnOnce() -> Result<()>) -> Result<()> {
    let wanted = fs::read(pinned).with_context(|| format!("cannot read {}", pinned.display()))?;
    if fs::read(stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    install()?;
    fs::write(stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn an_installation_is_made_again_only_when_the_pins_change() {
        let folder = tempfile::tempdir().unwrap();
        let (pinned, stamp) = (folder.path().join("pinned"), folder.path().join("stamp"));
        let mut installed = 0;
        for pins in ["a", "a", "b"] {
            fs::write(&pinned, pins).unwrap();
            once_for(&pinned, &stamp, || {
                installed += 1;
                Ok(())
            })
            .unwrap();
        }
        assert_eq!(installed, 2);
    }

    #[test]
    fn a_failed_installation_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let (pinned, stamp) = (folder.path().join("pinned"), folder.path().join("stamp"));
        fs::write(&pinned, "a").unwrap();
        assert!(once_for(&pinned, &stamp, || bail!("no network")).is_err());
        assert!(!stamp.exists());
    }
}
