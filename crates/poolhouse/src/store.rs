//! Opening the configured store.

use anyhow::Context as _;
use poolhouse_config::{StorageConfig, StoreKind};
use poolhouse_storage_sql::{OpenOptions, SqlStorage};

/// Opens the store, or makes it. `must_exist` says that a database must be there already, because
/// its key is.
/// # Errors
/// When it is in use, missing, damaged, of a newer release, or out of reach.
pub(crate) async fn open(config: &StorageConfig, must_exist: bool) -> anyhow::Result<SqlStorage> {
    match &config.kind {
        StoreKind::Ephemeral => Ok(SqlStorage::open_ephemeral()?),
        StoreKind::DataDir => Ok(SqlStorage::open_sqlite(&OpenOptions {
            data_dir: config.data_dir.clone(),
            must_exist,
        })?),
        StoreKind::Postgres(url) => SqlStorage::open_postgres(url.expose())
            .await
            .context("the PostgreSQL database cannot be opened"),
    }
}
