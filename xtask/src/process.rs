//! Running other programs.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::io::{self, BufRead as _, BufReader, PipeReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::workspace;

/// Lines of what a labelled command printed that its error repeats.
const LAST_LINES: usize = 60;

/// Starts a cargo command in the workspace, with the cargo that started this program.
pub(crate) fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(workspace::root());
    command
}

/// Writes a command for a server, which ends with this program: where the system can see to it,
/// even when this program is killed.
pub(crate) fn server(program: &Path) -> Command {
    let Some(setpriv) = find("setpriv") else {
        return Command::new(program);
    };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "INT"]).arg(program);
    command
}

/// Runs a command to its end; what it prints is shown.
///
/// # Errors
/// When it cannot be started or reports a failure.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("+ {}", shown(command));
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    ensure!(status.success(), "`{}`: {status}", shown(command));
    Ok(())
}

/// Runs a command to its end; each line that it prints is shown behind a label, as for commands
/// that run at once.
///
/// # Errors
/// When it cannot be started or reports a failure; the error holds the last of what it printed.
pub(crate) fn run_labelled(label: &str, mut command: Command) -> Result<()> {
    let shown = shown(&command);
    println!("{label} + {shown}");
    let (reader, writer) = io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?);
    let child = command.stderr(writer).spawn();
    let mut child = child.with_context(|| format!("cannot start {shown}"))?;
    // The command holds the writing end, too: nobody would see the end of what is written.
    drop(command);
    let last = show_lines(label, reader);
    let status = child.wait()?;
    ensure!(
        status.success(),
        "`{shown}`: {status}\n{}",
        last?.join("\n")
    );
    Ok(())
}

/// Shows lines behind a label until no more come; returns the last of them.
fn show_lines(label: &str, reader: PipeReader) -> Result<Vec<String>> {
    let mut last = VecDeque::with_capacity(LAST_LINES);
    for line in BufReader::new(reader).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        println!("{label} {line}");
        if last.len() == LAST_LINES {
            last.pop_front();
        }
        last.push_back(line);
    }
    Ok(last.into())
}

/// Runs a command to its end and returns what it wrote to standard output.
///
/// # Errors
/// When it cannot be started or reports a failure; the error holds its standard error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    ensure!(
        output.status.success(),
        "`{}`: {}\n{}",
        shown(command),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).context("the output is not UTF-8")
}

/// Finds a program on the path.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// Writes a command as one would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_is_an_error_that_names_it() {
        let error = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(error.to_string().contains("sh -c exit 3"), "{error}");
    }

    #[test]
    fn a_labelled_command_that_fails_is_an_error_that_ends_with_what_it_printed() {
        let mut command = Command::new("sh");
        command.args(["-c", "seq 100; echo why >&2; exit 1"]);
        let error = run_labelled("sh", command).unwrap_err().to_string();
        let lines: Vec<_> = error.lines().collect();
        assert!(lines[0].contains("exit status: 1"), "{error}");
        assert_eq!(lines.len(), 1 + LAST_LINES);
        assert_eq!(lines[LAST_LINES - 1..], ["100", "why"]);
        let mut command = Command::new("sh");
        run_labelled("sh", {
            command.args(["-c", "echo fine"]);
            command
        })
        .unwrap();
    }

    #[test]
    fn an_output_error_holds_what_the_command_complained_about() {
        let error = output(Command::new("sh").args(["-c", "echo why >&2; exit 1"])).unwrap_err();
        assert!(error.to_string().contains("why"), "{error}");
    }

    #[test]
    fn a_server_is_the_process_itself_and_no_child_of_it() {
        let shell = find("sh").unwrap();
        let child = server(&shell)
            .args(["-c", "echo $$"])
            .stdout(Stdio::piped())
            .spawn();
        let child = child.unwrap();
        let pid = child.id().to_string();
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), pid);
    }

    #[test]
    fn a_program_that_is_not_there_is_not_found() {
        assert!(find("sh").is_some());
        assert!(find("no-such-program-anywhere").is_none());
    }
}
