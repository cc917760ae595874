//! The example applications: installed and built as a reader does, then driven in Chromium.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::clients::Turns;
use super::postgres::Postgres;
use super::{clients, packages};
use crate::{process, workspace};

/// The example in Python.
const FASTAPI: &str = "examples/server-side/fastapi";

/// Drives every example on each engine, after those of Node.js were checked and built.
///
/// # Errors
/// When packages cannot be had, an example does not build, or a test fails.
pub(super) fn run(ring: &str, postgres: Option<&Postgres>) -> Result<()> {
    for folder in node_examples()? {
        packages::npm(&folder)?;
        build(&folder)?;
    }
    let pinned = workspace::root().join(FASTAPI).join("requirements.txt");
    packages::pip("python-fastapi", &pinned)?;
    // Each example has a port of its own, at which its tests start it.
    let suites = [clients::NODE_EXAMPLES];
    clients::run(ring, postgres, &suites, Turns::OneByOne)
}

/// Lists the folders of the examples that have packages of Node.js.
fn node_examples() -> Result<Vec<PathBuf>> {
    let examples = workspace::root().join("examples");
    let files = workspace::files(&examples, &["package.json"])?;
    Ok(files
        .iter()
        .filter_map(|file| file.parent())
        .map(Path::to_owned)
        .collect())
}

/// Checks the types of an example and builds what it serves.
fn build(folder: &Path) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.args(["run", "--silent", "build"]).current_dir(folder);
    process::run(&mut npm).with_context(|| folder.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_found_by_their_packages() {
        let folders = node_examples().unwrap();
        assert!(
            folders
                .iter()
                .any(|folder| folder.ends_with("react-code-grant"))
        );
    }

    /// Each example stands alone, so that one folder can be taken.
    #[test]
    fn what_examples_have_in_common_is_the_same_in_each() {
        let copies: [&[&str]; 2] = [
            &[
                "react-code-grant/poolhouse.mjs",
                "custom-form/poolhouse.mjs",
                "server-side/express/poolhouse.mjs",
            ],
            &[
                "server-side/express/public/styles.css",
                "server-side/fastapi/static/styles.css",
            ],
        ];
        let read = |name: &&str| {
            let file = workspace::root().join("examples").join(name);
            std::fs::read_to_string(file).unwrap()
        };
        for names in copies {
            let texts: Vec<_> = names.iter().map(read).collect();
            assert!(texts.iter().all(|text| *text == texts[0]), "{names:?}");
        }
    }
}
