//! Snapshots: what the tests expect of pages, tokens and answers.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::workspace_tests;
use crate::workspace;

/// What to do with a snapshot that differs from what a test produces.
#[derive(Clone, Copy)]
pub(super) enum OnDifference {
    /// The test fails.
    Fail,
    /// What is produced becomes the snapshot.
    Accept,
}

/// Makes what the tests produce now the snapshots, and removes those no test refers to.
///
/// # Errors
/// When the tests cannot run, or one fails for another reason than a snapshot.
pub(crate) fn accept() -> Result<()> {
    let references = References::forget()?;
    workspace_tests::run_tests(None, &references, OnDifference::Accept)?;
    for left_over in references.unreferenced()? {
        println!("removed {}", left_over.display());
        fs::remove_file(&left_over)
            .with_context(|| format!("cannot remove {}", left_over.display()))?;
    }
    println!("look at the difference before you commit it");
    Ok(())
}

/// The list that tests write, one line for each snapshot they compared.
pub(super) struct References(PathBuf);

impl References {
    /// Begins a new list.
    pub(super) fn forget() -> Result<Self> {
        let list = workspace::target().join("snapshot-references");
        if list.exists() {
            fs::remove_file(&list).context("cannot forget the last run's snapshots")?;
        }
        Ok(Self(list))
    }

    /// Tells the tests where the list is, and what a difference means.
    pub(super) fn configure(&self, tests: &mut Command, on_difference: OnDifference) {
        tests.env("INSTA_SNAPSHOT_REFERENCES_FILE", &self.0);
        match on_difference {
            OnDifference::Fail => tests.env("INSTA_UPDATE", "no"),
            OnDifference::Accept => tests
                .env("INSTA_UPDATE", "always")
                .env("INSTA_FORCE_PASS", "1"),
        };
    }

    /// Refuses snapshots that no test refers to.
    pub(super) fn refuse_unreferenced(&self) -> Result<()> {
        let unreferenced = self.unreferenced()?;
        ensure!(
            unreferenced.is_empty(),
            "no test refers to these; `cargo xtask snapshots` removes them: {unreferenced:?}"
        );
        Ok(())
    }

    fn unreferenced(&self) -> Result<Vec<PathBuf>> {
        let list = fs::read_to_string(&self.0).unwrap_or_default();
        let snapshots = workspace::files(workspace::root(), &[".snap"])?;
        Ok(left_over(&list, snapshots))
    }
}

fn left_over(list: &str, mut snapshots: Vec<PathBuf>) -> Vec<PathBuf> {
    let referenced: BTreeSet<_> = list
        .lines()
        .filter_map(|path| Path::new(path).canonicalize().ok())
        .collect();
    snapshots.retain(|path| {
        let path = path.canonicalize();
        path.is_ok_and(|path| !referenced.contains(&path))
    });
    snapshots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_that_no_test_refers_to_is_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let (used, left) = (folder.path().join("a.snap"), folder.path().join("b.snap"));
        fs::write(&used, "").unwrap();
        fs::write(&left, "").unwrap();
        let list = format!("{}/./a.snap\n", folder.path().display());
        assert_eq!(left_over(&list, vec![used, left.clone()]), [left]);
    }
}
