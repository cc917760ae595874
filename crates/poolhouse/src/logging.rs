//! The log, on standard error.

use std::io::IsTerminal as _;

use anyhow::Context as _;
use poolhouse_config::LogConfig;
use tracing_subscriber::EnvFilter;

/// Starts to log; colours only for a person who wants them.
/// # Errors
/// When the filter cannot be read.
pub(crate) fn start(config: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::builder().parse(&config.filter).context(
        "the log filter cannot be used: it is like info, or poolhouse_server=debug,info",
    )?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
        .with_writer(std::io::stderr)
        .init();
    Ok(())
}
