//! The file that says that the server is ready.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

/// Writes the URL to the file, whole or not at all, so that who waits for the file can read it as
/// soon as it is there.
/// # Errors
/// When it cannot be written.
pub(crate) fn write(path: &Path, url: &str) -> io::Result<()> {
    let mut unfinished = OsString::from(path);
    unfinished.push(format!(".{}", std::process::id()));
    fs::write(&unfinished, format!("{url}\n"))?;
    fs::rename(&unfinished, path)
}
