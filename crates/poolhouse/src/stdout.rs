//! Standard output, whose reader may go away.

use std::io::{self, Write as _};

/// Writes a line. A reader that has gone away (`| head -1`) has what it wanted: that is no failure.
/// # Errors
/// When the line cannot be written for another reason, such as a full disk.
pub(crate) fn print(line: &str) -> io::Result<()> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
