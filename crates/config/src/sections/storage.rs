//! Where data lies, and the key that seals its secrets.

use std::path::PathBuf;

use poolhouse_model::SecretString;

use crate::error::ConfigError;
use crate::settings;
use crate::sources::Sources;

/// Directory of the data unless configured.
pub(super) const DEFAULT_DATA_DIR: &str = "./poolhouse-data";

/// Name of the master key file in the data directory.
const MASTER_KEY_FILE: &str = "master.key";

/// Its name when the database is elsewhere: a directory can hold a database of its own as well,
/// which has another key.
const POSTGRES_MASTER_KEY_FILE: &str = "postgres-master.key";

/// Which store is used.
#[derive(Clone, Debug)]
pub enum StoreKind {
    /// Memory: gone at the end.
    Ephemeral,
    /// A file in the data directory.
    DataDir,
    /// A PostgreSQL database, by its URL.
    Postgres(SecretString),
}

/// Where data lies.
#[derive(Clone, Debug)]
pub struct StorageConfig {
    /// Directory of the database and of the master key file; `./poolhouse-data` by default.
    pub data_dir: PathBuf,
    /// Document that is seeded at the start.
    pub seed: Option<PathBuf>,
    /// Which store is used; memory wins over PostgreSQL, PostgreSQL over the file.
    pub kind: StoreKind,
}

impl StorageConfig {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let data_dir = sources.path(&settings::DATA_DIR)?;
        let database = sources.parse(&settings::DATABASE, parse_database)?;
        let kind = match database {
            _ if sources.is_on(&settings::EPHEMERAL)? => StoreKind::Ephemeral,
            Some(url) => StoreKind::Postgres(url),
            None => StoreKind::DataDir,
        };
        Ok(Self {
            data_dir: data_dir.unwrap_or_else(|| DEFAULT_DATA_DIR.into()),
            seed: sources.path(&settings::SEED)?,
            kind,
        })
    }
}

fn parse_database(text: &str) -> Result<SecretString, String> {
    let is_known = ["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    if is_known {
        Ok(SecretString::from(text))
    } else {
        Err("it begins with postgres:// or postgresql://".to_owned())
    }
}

/// Where the master key comes from.
#[derive(Clone, Debug)]
pub struct KeysConfig {
    /// The key itself, as it was written.
    pub master_key: Option<SecretString>,
    /// The file that holds it otherwise; made at the first start.
    pub master_key_file: Option<PathBuf>,
}

impl KeysConfig {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let parse = |text: &str| Ok(SecretString::from(text));
        let keys = Self {
            master_key: sources.parse(&settings::MASTER_KEY, parse)?,
            master_key_file: sources.path(&settings::MASTER_KEY_FILE)?,
        };
        if keys.master_key.is_some() && keys.master_key_file.is_some() {
            return Err(ConfigError::Invalid {
                origin: settings::MASTER_KEY.variable.to_owned(),
                reason: "a master key file is configured as well, so which of the two is meant?"
                    .to_owned(),
            });
        }
        Ok(keys)
    }

    /// The file that holds the key when it is not given itself.
    pub fn file(&self, storage: &StorageConfig) -> PathBuf {
        let name = match storage.kind {
            StoreKind::Postgres(_) => POSTGRES_MASTER_KEY_FILE,
            StoreKind::DataDir | StoreKind::Ephemeral => MASTER_KEY_FILE,
        };
        let in_data_dir = || storage.data_dir.join(name);
        self.master_key_file.clone().unwrap_or_else(in_data_dir)
    }
}
