//! The master key: found, or made at the first start, and checked against the store.

use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use poolhouse_config::{KeysConfig, StorageConfig, StoreKind};
use poolhouse_crypto::sealing::{MasterKey, MasterKeys};
use poolhouse_model::{Rng, SecretString};
use poolhouse_storage::Storage;
use zeroize::Zeroizing;

use crate::private_file;

/// Name of the store value by which a wrong key is noticed.
const CHECK_VALUE: &str = "master_key_check";

/// Longest key file that is read; a key has 64 digits.
const MOST_FILE_BYTES: u64 = 1024;

/// Where the key comes from.
enum Place {
    /// It was written in the environment.
    Environment,
    /// A file.
    File(PathBuf),
    /// Nowhere: it goes with the store in memory.
    Memory,
}

/// What was found of the key before the store is opened.
pub(crate) struct FoundKey {
    key: Option<MasterKey>,
    place: Place,
    is_beside_database: bool,
}

impl FoundKey {
    /// Looks for the key.
    /// # Errors
    /// When what is there is no key, or cannot be read.
    pub(crate) fn look(keys: &KeysConfig, storage: &StorageConfig) -> anyhow::Result<Self> {
        if matches!(storage.kind, StoreKind::Ephemeral) {
            return Ok(Self::of(None, Place::Memory));
        }
        if let Some(text) = &keys.master_key {
            let key = MasterKey::parse(text).context("POOLHOUSE_MASTER_KEY cannot be used")?;
            return Ok(Self::of(Some(key), Place::Environment));
        }
        let file = keys.file(storage);
        let key = read(&file)?;
        let is_beside_database = matches!(storage.kind, StoreKind::DataDir)
            && file.parent() == Some(storage.data_dir.as_path());
        Ok(Self {
            is_beside_database,
            ..Self::of(key, Place::File(file))
        })
    }

    fn of(key: Option<MasterKey>, place: Place) -> Self {
        Self {
            key,
            place,
            is_beside_database: false,
        }
    }

    /// Whether the database must be there already: its key lies beside it, so it was.
    pub(crate) fn database_must_exist(&self) -> bool {
        self.is_beside_database && self.key.is_some()
    }

    /// Makes the key of a new store, and compares the key of another with what the store says.
    /// # Errors
    /// When the key is missing or not the one that sealed what is in the store.
    pub(crate) async fn settle(
        self,
        storage: &dyn Storage,
        rng: &dyn Rng,
    ) -> anyhow::Result<MasterKeys> {
        let stored = storage.find_store_value(CHECK_VALUE).await?;
        let key = match self.key {
            Some(key) => key,
            None => self.place.make_key(stored.is_some(), storage, rng)?,
        };
        let in_force = if let Some(stored) = stored {
            stored
        } else {
            let value = key.check_value();
            storage
                .put_store_value_once(CHECK_VALUE, value.as_bytes())
                .await?
        };
        if !key.has_check_value(&String::from_utf8_lossy(&in_force)) {
            bail!(
                "the master key in {} is not the one that sealed the secrets in {}",
                self.place,
                storage.describe()
            );
        }
        Ok(MasterKeys::new(key, None))
    }
}

impl Place {
    /// Makes a key where none was found; a store that has one already must not get another.
    fn make_key(
        &self,
        store_has_key: bool,
        storage: &dyn Storage,
        rng: &dyn Rng,
    ) -> anyhow::Result<MasterKey> {
        let Self::File(file) = self else {
            return Ok(MasterKey::generate(rng));
        };
        if store_has_key {
            bail!(
                "the master key file {} is missing, and the secrets in {} are sealed with it: \
                 restore it, or name it with --master-key-file",
                file.display(),
                storage.describe()
            );
        }
        make_file(file, rng)
            .with_context(|| format!("the master key file {} cannot be made", file.display()))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => f.write_str("POOLHOUSE_MASTER_KEY"),
            Self::File(file) => file.display().fmt(f),
            Self::Memory => f.write_str("memory"),
        }
    }
}

/// Reads a key file; `None` when there is none.
fn read(file: &Path) -> anyhow::Result<Option<MasterKey>> {
    let cannot = || format!("the master key file {} cannot be read", file.display());
    let metadata = match fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        metadata => metadata.with_context(cannot)?,
    };
    if metadata.len() > MOST_FILE_BYTES {
        bail!("{}: it is too long for a key", cannot());
    }
    if private_file::is_open_to_others(&metadata) {
        tracing::warn!(file = %file.display(),
            "other users of this machine may be able to read the master key: chmod it to 600");
    }
    let text = fs::read_to_string(file).with_context(cannot)?;
    let key = MasterKey::parse(&SecretString::from(text)).with_context(cannot)?;
    Ok(Some(key))
}

/// Draws a key and writes it to a file.
fn make_file(file: &Path, rng: &dyn Rng) -> io::Result<MasterKey> {
    let key = MasterKey::generate(rng);
    let line = Zeroizing::new(format!("{}\n", key.to_hex().expose()));
    private_file::write(file, line.as_bytes())?;
    tracing::info!(file = %file.display(),
        "made the master key: keep a copy of it apart from the database's");
    Ok(key)
}
