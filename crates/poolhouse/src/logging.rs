//! The log, on standard error.

use std::io::IsTerminal as _;

use anyhow::Context as _;
use poolhouse_config::LogConfig;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

/// A driver that writes the values of each statement, password hashes among them, into the log
/// once that is more talkative than [`Level::INFO`].
const TELLS_VALUES: &str = "tokio_postgres";

/// Starts to log; colours only for a person who wants them.
/// # Errors
/// When the filter cannot be read.
pub(crate) fn start(config: &LogConfig) -> anyhow::Result<()> {
    let filter = EnvFilter::builder().parse(&config.filter).context(
        "the log filter cannot be used: it is like info, or poolhouse_server=debug,info",
    )?;
    let lines = fmt::layer()
        .with_ansi(std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
        .with_writer(std::io::stderr);
    tracing_subscriber::registry()
        .with(filter)
        .with(filter_fn(is_free_of_values))
        .with(lines)
        .init();
    Ok(())
}

fn is_free_of_values(metadata: &Metadata<'_>) -> bool {
    !metadata.target().starts_with(TELLS_VALUES) || *metadata.level() <= Level::INFO
}

#[cfg(test)]
mod tests {
    use tracing::Level;
    use tracing::subscriber::with_default;

    use super::*;

    #[test]
    fn s67_the_driver_does_not_log_the_values_of_statements() {
        let subscriber = tracing_subscriber::registry().with(filter_fn(is_free_of_values));
        with_default(subscriber, || {
            assert!(!tracing::enabled!(target: "tokio_postgres::query", Level::DEBUG));
            assert!(tracing::enabled!(target: "tokio_postgres::connection", Level::INFO));
            assert!(tracing::enabled!(target: "poolhouse_server", Level::DEBUG));
        });
    }
}
