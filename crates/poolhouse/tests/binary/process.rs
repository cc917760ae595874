//! Running the program.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Pause between two looks, and how many looks are taken at most: a minute.
const PAUSE: Duration = Duration::from_millis(20);
const LOOKS: usize = 3000;

/// Measures real time from now on.
#[expect(
    clippy::disallowed_methods,
    reason = "the time that the program takes is real"
)]
pub(crate) fn stopwatch() -> impl Fn() -> Duration {
    let start = Instant::now();
    move || start.elapsed()
}

/// Looks until there is something to see.
pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..LOOKS {
        if let Some(found) = look() {
            return found;
        }
        std::thread::sleep(PAUSE);
    }
    panic!("{what} did not come in time");
}

/// A directory in which the program is run, with nothing of the environment that would change it.
pub(crate) struct Place {
    directory: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            directory: tempfile::tempdir().expect("a directory"),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// The program, to be run here.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_poolhouse"));
        command
            .current_dir(self.directory.path())
            .args(args)
            .stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("POOLHOUSE_") {
                command.env_remove(name);
            }
        }
        command
    }

    /// Runs the program to its end; gives back whether it succeeded and what it printed.
    pub(crate) fn run(&self, args: &[&str]) -> (bool, String) {
        finish(self.command(args))
    }

    /// Starts `serve` and waits until it is ready.
    pub(crate) fn serve(&self, args: &[&str]) -> Server {
        self.start("serve", args, &[])
    }

    /// Starts a command that serves, and waits until it is ready.
    pub(crate) fn start(&self, command: &str, args: &[&str], env: &[(&str, &str)]) -> Server {
        let ready = self.path("ready");
        let _ = fs::remove_file(&ready);
        let (stdout, stderr) = (self.path("stdout"), self.path("stderr"));
        let mut command = self.command(&[command, "--ready-file", "ready"]);
        if !args.contains(&"--listen") && env.is_empty() {
            command.args(["--listen", "localhost:0"]);
        }
        let child = command
            .args(args)
            .envs(env.iter().copied())
            .stdout(File::create(&stdout).expect("a file"))
            .stderr(File::create(&stderr).expect("a file"))
            .spawn()
            .expect("the program is there");
        let mut server = Server {
            child,
            url: String::new(),
            stdout,
            stderr,
        };
        server.url = wait_for("the ready file", || server.look_ready(&ready));
        server
    }
}

/// Runs a command to its end; gives back whether it succeeded and what it printed.
pub(crate) fn finish(mut command: Command) -> (bool, String) {
    let output = command.output().expect("the program is there");
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8(text).expect("text"),
    )
}

/// A running server; killed when it is dropped.
pub(crate) struct Server {
    child: Child,
    /// The URL in the ready file.
    pub(crate) url: String,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Server {
    fn look_ready(&mut self, ready: &Path) -> Option<String> {
        let ended = self.child.try_wait().expect("a child of ours");
        assert!(ended.is_none(), "it did not start:\n{}", self.log());
        let url = fs::read_to_string(ready).ok()?;
        Some(url.trim_end().to_owned())
    }

    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.stderr).expect("text")
    }

    pub(crate) fn printed(&self) -> String {
        fs::read_to_string(&self.stdout).expect("text")
    }

    /// Asks it to stop, as an operator does.
    pub(crate) fn ask_to_stop(&self) {
        self.signal("-TERM");
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.pid().to_string();
        let status = Command::new("kill").args([signal, &pid]).status();
        assert!(status.expect("kill is there").success());
    }

    /// Waits until it has ended.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        wait_for("the end", || {
            self.child.try_wait().expect("a child of ours")
        })
    }

    /// Asks it to stop and waits until it has; it must end well.
    pub(crate) fn stop(mut self) {
        self.ask_to_stop();
        let status = self.wait();
        assert!(status.success(), "{status}\n{}", self.log());
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
