//! The real binary, served for a ring on one engine.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use tempfile::TempDir;

use super::engine::Engine;
use crate::stopwatch::wait_for;
use crate::{process, workspace};

/// How long the server may take to start and to stop.
const START_TTL: Duration = Duration::from_secs(30);
const STOP_TTL: Duration = Duration::from_secs(10);

/// Lines of the log that an error repeats.
const LOG_LINES: usize = 30;

/// Builds the binary and returns where it is. All of the workspace is built, as for its tests:
/// for the binary alone, dependencies would be compiled once more with fewer features.
///
/// # Errors
/// When it does not compile.
pub(super) fn build() -> Result<PathBuf> {
    let mut cargo = process::cargo();
    process::run(cargo.args(["build", "--workspace", "--all-targets", "--locked"]))?;
    Ok(workspace::target().join("debug/poolhouse"))
}

/// A running server; it is killed when this is dropped without having been stopped.
pub(super) struct Poolhouse {
    child: Child,
    endpoint: String,
    log: PathBuf,
    /// Holds the ready file and, on PostgreSQL, the master key.
    _folder: TempDir,
}

impl Poolhouse {
    /// Starts the binary on a free port and waits until it says that it is ready; its log is
    /// kept under `name`.
    ///
    /// # Errors
    /// When it does not come up; the error holds the end of its log.
    pub(super) fn start(binary: &Path, name: &str, engine: &Engine) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("poolhouse-server-")
            .tempdir()?;
        let ready_file = folder.path().join("ready");
        let log = workspace::target().join(format!("{name}.log"));
        let output = File::create(&log)?;
        let mut command = serve(binary, engine);
        command.current_dir(folder.path());
        command.arg("--ready-file").arg(&ready_file);
        command.stdin(Stdio::null()).stdout(output.try_clone()?);
        let child = command.stderr(output).spawn();
        let mut server = Self {
            child: child.context("cannot start the server")?,
            endpoint: String::new(),
            log,
            _folder: folder,
        };
        server.endpoint = server.wait_until_ready(&ready_file)?;
        Ok(server)
    }

    /// The address a client is pointed to, without a slash at its end.
    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Asks the server to stop, as an operator does, and waits until it has; returns its log.
    ///
    /// # Errors
    /// When it had ended before, does not end in time, or ends with a failure.
    pub(super) fn stop(mut self) -> Result<PathBuf> {
        if let Some(status) = self.child.try_wait()? {
            bail!(
                "the server ended by itself: {status}\n{}",
                self.end_of_log()
            );
        }
        let pid = self.child.id().to_string();
        process::output(Command::new("kill").args(["-TERM", &pid]))?;
        let stopped = wait_for("the server to stop", STOP_TTL, || {
            Ok(self.child.try_wait()?)
        })?;
        ensure!(
            stopped.success(),
            "the server ended with {stopped}\n{}",
            self.end_of_log()
        );
        Ok(self.log.clone())
    }

    fn wait_until_ready(&mut self, ready_file: &Path) -> Result<String> {
        wait_for("the server to be ready", START_TTL, || {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server did not start: {status}\n{}", self.end_of_log());
            }
            let address = fs::read_to_string(ready_file).unwrap_or_default();
            Ok(address
                .ends_with('\n')
                .then(|| address.trim().trim_end_matches('/').to_owned()))
        })
    }

    fn end_of_log(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(LOG_LINES)..].join("\n")
    }
}

/// Writes the command that serves on a free port, with no setting of the developer's own, and
/// with a log that tells all it can.
fn serve(binary: &Path, engine: &Engine) -> Command {
    let mut command = process::server(binary);
    let names = std::env::vars_os().map(|(name, _)| name);
    for name in names.filter(|name| name.to_string_lossy().starts_with("POOLHOUSE_")) {
        command.env_remove(name);
    }
    command.args(["serve", "--listen", "127.0.0.1:0", "--log", "debug"]);
    match engine {
        Engine::Sqlite => command.arg("--ephemeral"),
        Engine::Postgres { url } => command.args(["--database", url]),
    };
    command
}

impl Drop for Poolhouse {
    fn drop(&mut self) {
        let ended = self.child.try_wait().is_ok_and(|status| status.is_some());
        if !ended && self.child.kill().and_then(|()| self.child.wait()).is_err() {
            eprintln!("the server, process {}, cannot be ended", self.child.id());
        }
    }
}
