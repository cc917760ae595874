//! Where things are in the project.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// Folders that hold nothing of the project's own.
const FOREIGN: [&str; 5] = ["target", "node_modules", ".git", ".venv", "poolhouse-data"];

/// Returns the root of the workspace.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Returns the folder for what builds and tests leave behind.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// Lists the names of the folders of `crates/`, in order.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn crate_names() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in read_folder(&root().join("crates"))? {
        if entry.join("Cargo.toml").is_file() {
            names.extend(
                entry
                    .file_name()
                    .map(|name| name.to_string_lossy().into_owned()),
            );
        }
    }
    Ok(names)
}

/// Lists the project's own files whose names end in one of `endings`, in order.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in read_folder(folder)? {
        let name = entry
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        if entry.is_dir() {
            if !FOREIGN.contains(&name.as_str()) {
                found.extend(files(&entry, endings)?);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            found.push(entry);
        }
    }
    Ok(found)
}

fn read_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect()
        })
        .with_context(|| format!("cannot read the folder {}", folder.display()))
        .map(|entries: Vec<_>| entries)?;
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crates_are_found_by_folder() {
        let names = crate_names().unwrap();
        assert!(names.contains(&"poolhouse".to_owned()), "{names:?}");
    }

    #[test]
    fn files_of_others_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "own.md",
            "docs/deep.md",
            "node_modules/theirs.md",
            "other.txt",
        ] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let found = files(folder.path(), &[".md"]).unwrap();
        let names: Vec<_> = found.iter().map(|path| path.file_name().unwrap()).collect();
        assert_eq!(names, ["deep.md", "own.md"]);
    }
}
