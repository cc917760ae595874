//! The generated files on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// Source texts by their path below the folder of generated modules.
pub(super) type Files = BTreeMap<PathBuf, String>;

/// Runs all files through rustfmt, in a folder of their own.
///
/// # Errors
/// When rustfmt is not there or refuses a file.
pub(super) fn formatted(files: Files) -> Result<Files> {
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    write(&files, folder.path())?;
    let status = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .arg(folder.path().join("mod.rs"))
        .status()
        .context("cannot start rustfmt")?;
    ensure!(status.success(), "rustfmt refused the generated modules");
    files
        .into_keys()
        .map(|path| {
            let text = fs::read_to_string(folder.path().join(&path))?;
            Ok((path, text))
        })
        .collect()
}

/// Writes all files and removes those of an earlier run that are not among them.
///
/// # Errors
/// When a file cannot be written or removed.
pub(super) fn write(files: &Files, folder: &Path) -> Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|present| present == *text) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    for stray in strays(files, folder)? {
        fs::remove_file(folder.join(stray))?;
    }
    Ok(())
}

/// Compares all files with those on disk.
///
/// # Errors
/// When some differ, are missing or are left over; the error names them.
pub(super) fn compare(files: &Files, folder: &Path) -> Result<()> {
    let mut stale: Vec<PathBuf> = files
        .iter()
        .filter(|(path, text)| {
            fs::read_to_string(folder.join(path)).map_or(true, |present| present != **text)
        })
        .map(|(path, _)| path.clone())
        .collect();
    stale.extend(strays(files, folder)?);
    let names: Vec<_> = stale.iter().map(|path| path.to_string_lossy()).collect();
    ensure!(
        stale.is_empty(),
        "generated files differ from the model, run `cargo xtask codegen`: {}",
        names.join(", ")
    );
    Ok(())
}

/// Lists the files below `folder` that are not among `files`.
fn strays(files: &Files, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder_here) = open.pop() {
        for entry in fs::read_dir(&folder_here)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(relative) = path.strip_prefix(folder)
                && !files.contains_key(relative)
            {
                found.push(relative.to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> Files {
        entries
            .iter()
            .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn what_was_written_compares_equal() {
        let folder = tempfile::tempdir().unwrap();
        let files = files(&[("mod.rs", "one"), ("deep/two.rs", "two")]);
        write(&files, folder.path()).unwrap();
        compare(&files, folder.path()).unwrap();
    }

    #[test]
    fn changed_missing_and_left_over_files_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let written = files(&[
            ("kept.rs", "same"),
            ("changed.rs", "old"),
            ("left/over.rs", ""),
        ]);
        write(&written, folder.path()).unwrap();
        let wanted = files(&[
            ("kept.rs", "same"),
            ("changed.rs", "new"),
            ("missing.rs", ""),
        ]);
        let error = compare(&wanted, folder.path()).unwrap_err().to_string();
        for name in ["changed.rs", "missing.rs", "left/over.rs"] {
            assert!(error.contains(name), "{error}");
        }
        assert!(!error.contains("kept.rs"), "{error}");
    }

    #[test]
    fn writing_removes_what_is_left_over() {
        let folder = tempfile::tempdir().unwrap();
        write(&files(&[("old.rs", "")]), folder.path()).unwrap();
        write(&files(&[("new.rs", "")]), folder.path()).unwrap();
        assert!(!folder.path().join("old.rs").exists());
    }
}
