//! `poolhouse quickstart`: a ready pool, two clients and a user.

mod guide;

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::Context as _;
use poolhouse_config::Config;

use crate::serve::{self, Started};
use guide::{Guide, Style};

/// `poolhouse quickstart`
/// # Errors
/// Those of `serve`, and when the pool, a client or the user cannot be made.
pub(crate) fn run(config: &Config) -> anyhow::Result<()> {
    serve::run_with(config, prepare)
}

async fn prepare(started: Started) -> anyhow::Result<()> {
    let made = started
        .service
        .quickstart(poolhouse_server::OWN_PATHS)
        .await
        .context("the quickstart pool cannot be made")?;
    let guide = Guide::new(&started, &made);
    let mut stdout = io::stdout();
    let style = if stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        Style::Terminal
    } else {
        Style::Plain
    };
    // Who started this may have closed the pipe after reading what it wanted.
    let _ = stdout.write_all(guide.write(style).as_bytes());
    let _ = stdout.flush();
    Ok(())
}
