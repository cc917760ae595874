//! One PostgreSQL server for a run, in a temporary folder.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use super::account::Account;
use crate::process;
use crate::stopwatch::wait_for;

/// Where Debian keeps one folder for each version.
const DEBIAN: &str = "/usr/lib/postgresql";

/// How long a server may take to start and to stop.
const START_TTL: Duration = Duration::from_mins(1);
const STOP_TTL: Duration = Duration::from_secs(20);

/// The superuser of the server.
const SUPERUSER: &str = "postgres";

/// What makes a throw-away server quick: no test takes the power away from it.
const SETTINGS: [&str; 4] = [
    "fsync=off",
    "full_page_writes=off",
    "max_connections=300",
    "listen_addresses=127.0.0.1",
];

/// Finds the folder with the server's programs.
pub(super) fn programs() -> Option<PathBuf> {
    let mut versions: Vec<_> = fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    versions.sort_by_key(|path| path.file_name()?.to_str()?.parse::<u32>().ok());
    let newest = versions.pop().map(|version| version.join("bin"));
    let on_path = || process::find("initdb")?.parent().map(Path::to_owned);
    newest
        .filter(|folder| folder.join("initdb").is_file())
        .or_else(on_path)
}

/// A running server; it is stopped, and its data removed, when this is dropped.
pub(super) struct Postgres {
    programs: PathBuf,
    port: u16,
    child: Child,
    folder: TempDir,
}

impl Postgres {
    /// Makes a data folder, starts the server on a free port and waits until it answers.
    ///
    /// # Errors
    /// When it does not come up; the error holds its log.
    pub(super) fn start(programs: PathBuf) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("poolhouse-postgres-")
            .tempdir()?;
        let account = Account::other_than_root(folder.path())?;
        if let Some(account) = account {
            account.owns(folder.path())?;
        }
        initialise(&programs, folder.path(), account)?;
        let port = free_port()?;
        let child = spawn(&programs, folder.path(), account, port)?;
        let mut server = Self {
            programs,
            port,
            child,
            folder,
        };
        server.wait_until_ready()?;
        println!("PostgreSQL listens on 127.0.0.1:{port}");
        Ok(server)
    }

    /// The address of the server's own database, as its superuser.
    pub(super) fn url(&self) -> String {
        self.database_url(SUPERUSER)
    }

    /// Makes an empty database and returns its address.
    ///
    /// # Errors
    /// When the server refuses.
    pub(super) fn create_database(&self, name: &str) -> Result<String> {
        process::output(self.client("createdb").arg(name))?;
        Ok(self.database_url(name))
    }

    fn database_url(&self, name: &str) -> String {
        format!("postgresql://{SUPERUSER}@127.0.0.1:{}/{name}", self.port)
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.args(["-h", "127.0.0.1", "-U", SUPERUSER, "-p"]);
        command.arg(self.port.to_string());
        command
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        wait_for("PostgreSQL to start", START_TTL, || {
            if let Some(status) = self.child.try_wait()? {
                let log = fs::read_to_string(log_file(self.folder.path()))?;
                bail!("PostgreSQL did not start: {status}\n{log}");
            }
            let mut asked = self.client("pg_isready");
            let status = asked.arg("-q").status()?;
            Ok(status.success().then_some(()))
        })
    }

    /// Asks the server to end all connections and stop.
    fn stop(&mut self) -> Result<()> {
        let pid = self.child.id().to_string();
        process::output(Command::new("kill").args(["-INT", &pid]))?;
        wait_for("PostgreSQL to stop", STOP_TTL, || {
            Ok(self.child.try_wait()?)
        })
        .map(drop)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Err(error) = self.stop() {
            eprintln!("{error:#}");
            let killed = self.child.kill().and_then(|()| self.child.wait());
            if let Err(error) = killed {
                eprintln!(
                    "PostgreSQL, process {}, cannot be ended: {error}",
                    self.child.id()
                );
            }
        }
    }
}

fn initialise(programs: &Path, folder: &Path, account: Option<Account>) -> Result<()> {
    let mut initdb = Command::new(programs.join("initdb"));
    initdb
        .current_dir(folder)
        .arg("--pgdata")
        .arg(folder.join("data"));
    initdb.args([
        "--auth",
        "trust",
        "--no-sync",
        "--encoding",
        "UTF8",
        "--locale",
        "C",
    ]);
    initdb.args(["--username", SUPERUSER]);
    if let Some(account) = account {
        account.runs(&mut initdb);
    }
    process::output(&mut initdb).map(drop)
}

fn spawn(programs: &Path, folder: &Path, account: Option<Account>, port: u16) -> Result<Child> {
    let log = File::create(log_file(folder))?;
    let mut postgres = process::server(&programs.join("postgres"));
    postgres
        .current_dir(folder)
        .arg("-D")
        .arg(folder.join("data"));
    postgres.args(["-p", &port.to_string()]);
    postgres.arg("-k").arg(folder);
    for setting in SETTINGS {
        postgres.args(["-c", setting]);
    }
    if let Some(account) = account {
        account.runs(&mut postgres);
    }
    postgres
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    postgres.spawn().context("cannot start PostgreSQL")
}

fn log_file(folder: &Path) -> PathBuf {
    folder.join("log")
}

/// Finds a port that is free at this moment.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}
