//! `poolhouse seed`: a document put in force, in the store or by a server that runs.

mod endpoint;

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail, ensure};
use poolhouse_config::{Config, StorageConfig, StoreKind};
use poolhouse_server::{read_seed, run_seed};
use poolhouse_service::{Seed, SeedAction, SeedChange, SeedMode, Service};
use poolhouse_storage_sql::{OpenError, SqlStorage};

use crate::{logging, serve, wiring};

/// Longest document that is read.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Ends a plan that holds changes, so that a script can tell it from one without and from a
/// failure.
const CHANGES_PLANNED: u8 = 2;

/// What `seed` was asked to do.
pub(crate) struct SeedCommand {
    /// The document.
    pub(crate) file: PathBuf,
    /// Whether it is only told what would change.
    pub(crate) is_plan: bool,
    /// The server that puts it in force; `None` for the store itself.
    pub(crate) endpoint: Option<String>,
}

/// `poolhouse seed`
/// # Errors
/// When the document cannot be read or put in force.
pub(crate) fn run(command: &SeedCommand, config: &Config) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new().context("no threads can be started")?;
    let mode = if command.is_plan {
        SeedMode::Plan
    } else {
        SeedMode::Apply
    };
    let lines = runtime.block_on(async {
        match &command.endpoint {
            Some(url) => {
                let document = read(&command.file)?;
                let server = &config.server;
                let lines = endpoint::seed(url, document, command.is_plan, server).await;
                lines.with_context(|| command.file.display().to_string())
            }
            None => seed_store(command, config, mode).await,
        }
    })?;
    let mut stdout = io::stdout();
    for line in &lines {
        writeln!(stdout, "{line}")?;
    }
    if lines.is_empty() {
        writeln!(stdout, "nothing to change")?;
    }
    let has_planned = command.is_plan && !lines.is_empty();
    Ok(if has_planned {
        ExitCode::from(CHANGES_PLANNED)
    } else {
        ExitCode::SUCCESS
    })
}

/// Puts the document of a start in force.
/// # Errors
/// Names the file and the line that cannot be.
pub(crate) async fn seed_at_start(service: &Service, file: &Path) -> anyhow::Result<()> {
    let seed = parse(file)?;
    let changes = run_seed(service, &seed, SeedMode::Apply).await;
    let changes = changes.with_context(|| file.display().to_string())?;
    for change in &changes {
        tracing::info!(seed.file = %file.display(), "seed: {}", describe(change));
    }
    Ok(())
}

async fn seed_store(
    command: &SeedCommand,
    config: &Config,
    mode: SeedMode,
) -> anyhow::Result<Vec<String>> {
    serve::refuse_production(config)?;
    logging::start(&config.log)?;
    if matches!(config.storage.kind, StoreKind::Ephemeral) {
        bail!("a store in memory ends with this command: serve --ephemeral --seed FILE keeps it");
    }
    let seed = parse(&command.file)?;
    let mut config = config.clone();
    if mode == SeedMode::Plan && has_no_store(&config.storage) {
        // A plan makes nothing, not even an empty database.
        config.storage.kind = StoreKind::Ephemeral;
    }
    let public_url = config.server.public_url.as_ref();
    let public_url = public_url.map_or("http://localhost:9229", |url| url.as_str());
    let house = wiring::build(&config, public_url)
        .await
        .map_err(explain_use)?;
    let outcome = run_seed(&house.service, &seed, mode).await;
    let closed = house.storage.close();
    let changes = outcome.with_context(|| command.file.display().to_string())?;
    closed.context("the store was not closed cleanly")?;
    Ok(changes.iter().map(describe).collect())
}

fn has_no_store(storage: &StorageConfig) -> bool {
    matches!(storage.kind, StoreKind::DataDir) && !SqlStorage::is_at(&storage.data_dir)
}

/// Says what to do where a server has the directory.
fn explain_use(error: anyhow::Error) -> anyhow::Error {
    let is_in_use = matches!(
        error.downcast_ref::<OpenError>(),
        Some(OpenError::InUse { .. })
    );
    if is_in_use {
        return error.context(
            "a server runs on it, which takes the document itself: add --endpoint URL, the \
             address it serves at",
        );
    }
    error
}

fn parse(file: &Path) -> anyhow::Result<Seed> {
    let document = read(file)?;
    read_seed(&document).with_context(|| file.display().to_string())
}

fn read(file: &Path) -> anyhow::Result<String> {
    let unreadable = || format!("{} cannot be read", file.display());
    let mut document = String::new();
    let opened = File::open(file).with_context(unreadable)?;
    let length = opened
        .take(MOST_BYTES + 1)
        .read_to_string(&mut document)
        .with_context(unreadable)?;
    ensure!(
        length as u64 <= MOST_BYTES,
        "{} has more than {} MiB",
        file.display(),
        MOST_BYTES / (1024 * 1024)
    );
    Ok(document)
}

/// A line of what becomes of something, and one of each difference below it.
fn lines(action: &str, what: &str, differences: impl Iterator<Item = String>) -> String {
    let first = format!("{action} {what}");
    differences.fold(first, |text, difference| text + "\n    " + &difference)
}

fn describe(change: &SeedChange) -> String {
    let action = match change.action {
        SeedAction::Create => "create",
        SeedAction::Update => "update",
    };
    let differences = change.differences.iter().map(ToString::to_string);
    lines(action, &change.what, differences)
}
