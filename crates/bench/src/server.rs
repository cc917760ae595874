//! The real binary as a process of its own.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

use crate::http::Connection;
use crate::stopwatch::Stopwatch;

/// How long the server may take to listen, and to stop.
const START_TTL: Duration = Duration::from_secs(30);
const STOP_TTL: Duration = Duration::from_secs(30);

/// Time between two attempts to connect: what the reading of a start is exact to.
const CONNECT_PAUSE: Duration = Duration::from_micros(200);

const STOP_PAUSE: Duration = Duration::from_millis(10);

/// How the server is started.
#[derive(Clone, Debug)]
pub(crate) struct ServerOptions {
    /// The binary.
    pub(crate) binary: PathBuf,
    /// Its data directory.
    pub(crate) data_dir: PathBuf,
    /// `standard` or `dev-only`.
    pub(crate) password_hashing: &'static str,
}

/// A running server; it is killed when this is dropped without having been stopped.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts the binary and waits until it accepts a connection.
    ///
    /// # Errors
    /// When it does not come up.
    pub(crate) fn start(options: &ServerOptions) -> Result<Self> {
        let address = free_address()?;
        let log_file = options.data_dir.with_extension("log");
        let log = File::create(&log_file)?;
        let child = Command::new(&options.binary)
            .args(["serve", "--listen", &address.to_string()])
            .arg("--data-dir")
            .arg(&options.data_dir)
            .args(["--password-hashing", options.password_hashing])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", options.binary.display()))?;
        let mut server = Self { child, address };
        server.wait_until_ready(&log_file)?;
        Ok(server)
    }

    fn wait_until_ready(&mut self, log_file: &Path) -> Result<()> {
        let stopwatch = Stopwatch::start();
        while self.connect().is_err() {
            if let Some(status) = self.child.try_wait()? {
                let log = fs::read_to_string(log_file).unwrap_or_default();
                bail!("the server ended by itself: {status}\n{log}");
            }
            ensure!(
                stopwatch.elapsed() < START_TTL,
                "the server does not listen on {}",
                self.address
            );
            thread::sleep(CONNECT_PAUSE);
        }
        Ok(())
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// When it does not listen.
    pub(crate) fn connect(&self) -> Result<Connection> {
        Connection::open(self.address)
    }

    /// The process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks the server to stop, as an operator does, and waits until it has.
    ///
    /// # Errors
    /// When it does not stop in time or reports a failure.
    pub(crate) fn stop(mut self) -> Result<()> {
        let pid = self.pid().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status()?;
        ensure!(asked.success(), "the server cannot be asked to stop");
        let stopwatch = Stopwatch::start();
        loop {
            if let Some(status) = self.child.try_wait()? {
                ensure!(status.success(), "the server ended with {status}");
                return Ok(());
            }
            ensure!(stopwatch.elapsed() < STOP_TTL, "the server does not stop");
            thread::sleep(STOP_PAUSE);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let has_ended = self.child.try_wait().is_ok_and(|status| status.is_some());
        if !has_ended && self.child.kill().and_then(|()| self.child.wait()).is_err() {
            eprintln!("the server, process {}, cannot be ended", self.pid());
        }
    }
}

/// An address that nobody listens on at the moment.
fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
